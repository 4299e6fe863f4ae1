import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import type { Gap, Readiness } from 'roster/client'

import type { Call } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { findTeam } from '../team/find-team.ts'
import { namedPerson } from '../team/named-person.ts'
import { recordsOf, type Records } from '../team/records.ts'
import { drilledText, readyText } from '../view/ready-view.ts'

interface Options {
  readonly sign?: true
  readonly drill?: true
  readonly out?: string
}

export const ready = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'ready',
    summary: 'ask of the team what a security reviewer would, and sign for it',
    examples: [
      'ready',
      'ready --out ready.html',
      'ready --drill --as controller',
      'ready --sign --as controller --json',
    ],
    options: [
      option(
        '--sign',
        'answer for the team as it is now, with the key of --as: what `roster up --production` asks for',
      ),
      option('--drill', 'try first to have everything back from an export alone, and record how that went'),
      option('--out <file>', 'write the page there: HTML if the name ends so, else Markdown'),
    ],
    notes:
      'Each gap is named with what mends it. Ends with 4 while there are gaps, and with 0 once it is signed: the signature names what was open.\n' +
      'It is bound to the digest of all that is loaded (definitions, tools, policies, configuration): another team is another digest.\n' +
      'The team need not be at work; what is pending stays pending.',
    async run(call) {
      const { options, answer } = call
      if (options.drill === true) await drill(call)
      const records = await recordsOf(call)
      let page = await judged(call, records)
      if (options.sign === true) {
        await sign(call, records, page)
        page = await judged(call, await recordsOf(call))
      }
      if (options.out !== undefined) await write(call, options.out, page)
      answer.whole(page, (paint) => readyText(page, paint))
      return options.sign === true || page.gaps.length === 0 ? exitCode.ok : exitCode.unverified
    },
  })

async function judged({ world, options, during }: Call, { team, history }: Records): Promise<Readiness> {
  const judging = { now: world.now(), ...(history === undefined ? {} : { history }) }
  const page = await during('Judging', () => world.openers.ready(team, judging))
  return {
    ...page,
    gaps: [...page.gaps, ...lockGap(findTeam({ cwd: world.cwd, env: world.env, named: options.team }))],
  }
}

/** What a team can do is pinned in a file beside it, which the framework does not know of. */
function lockGap(teamFile: string): readonly Gap[] {
  if (existsSync(join(dirname(teamFile), 'roster.lock'))) return []
  return [
    {
      code: 'lock-missing',
      what: 'roster.lock',
      says: 'no roster.lock beside the team says what it can do',
      mend: 'roster check --write',
    },
  ]
}

async function sign(call: Call<Options>, { desk }: Records, { digest, gaps }: Readiness): Promise<void> {
  const by = namedPerson(call)
  const { gapName } = await import('roster/client')
  await using opened = await desk()
  await opened.signReady({ digest, gaps: gaps.map(gapName), by })
}

async function drill(call: Call<Options>): Promise<void> {
  const by = namedPerson(call)
  const { desk } = await recordsOf(call)
  await using opened = await desk()
  const drilled = await call.during('Reading everything back', () => opened.drill({ by }))
  call.answer.note(drilledText(drilled))
}

async function write({ world, answer }: Call<Options>, file: string, page: Readiness): Promise<void> {
  const { readinessHtml, readinessMarkdown } = await import('roster/client')
  const path = resolve(world.cwd, file)
  await writeFile(path, /\.html?$/.test(path) ? readinessHtml(page) : readinessMarkdown(page))
  answer.note(`Wrote ${path}.`)
}
