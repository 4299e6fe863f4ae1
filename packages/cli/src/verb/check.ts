import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import type { Check, Exported } from 'roster/client'

import { folderOf, type Call } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { readExport } from '../export/read-export.ts'
import { exitCode } from '../failure/exit-code.ts'
import { failureOf } from '../failure/failure-of.ts'
import { findTeam } from '../team/find-team.ts'
import type { TeamModule } from '../team/team-module.ts'
import { againstLock, writeLock } from './check-lock.ts'
import { checkText } from '../view/check-view.ts'

interface Options {
  readonly histories?: string | true
  readonly write?: true
}

/** Errors of a team, as opposed to errors on the way to it. */
const ofTeam: readonly string[] = [
  'definition-invalid',
  'definition-changed',
  'policy-invalid',
  'not-durable',
  'impure',
  'team-invalid',
]

export const check = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'check',
    summary: 'check a team before anything runs: definitions, policies, contracts, limits, and what it can come to',
    examples: ['check', 'check --team src/team.ts --json', 'check --histories', 'check --write'],
    options: [
      option(
        '--histories [path]',
        'step what is on record again with the definitions of now: exports in a file or folder, and the history in --folder',
      ),
      option('--write', 'write what the team can do into roster.lock beside the team file'),
    ],
    notes:
      'Ends with 4 if something is wrong with the team, or if a definition would take another way through an old history.\n' +
      'Histories are looked for in the folder "histories" beside the team file unless told otherwise.\n' +
      'Refused: a situation without a way to an end, a loop without a bound, a step without a fallback, a broken property,\n' +
      'and a roster.lock that says something else.',
    async run(call) {
      const checked = await lockedOf(call, await checkedOf(call))
      call.answer.whole(checked, (paint) => checkText(checked, paint))
      return checked.ok ? exitCode.ok : exitCode.unverified
    },
  })

/** With --write the lock is written, unless the team cannot be loaded; else it is compared. */
async function lockedOf({ world: { cwd, env }, options, answer }: Call<Options>, checked: Check): Promise<Check> {
  const file = findTeam({ cwd, env, named: options.team })
  if (checked.lock === '') return checked
  if (options.write !== true) return await againstLock(file, checked)
  answer.note(`Wrote ${await writeLock(file, checked)}.`)
  return checked
}

/** What cannot even be loaded is a problem like any other, not a failure of the check. */
async function checkedOf(call: Call<Options>): Promise<Check> {
  const { team, options, world, during } = call
  try {
    const { team: loaded } = await team()
    const histories = options.histories === undefined ? [] : await historiesOf(call, loaded)
    return await during('Checking', () => world.openers.check(loaded, histories))
  } catch (error) {
    const problem = failureOf(error)
    if (!ofTeam.includes(problem.code)) throw error
    return {
      ok: false,
      team: '',
      digest: '',
      histories: { streams: 0, records: 0 },
      colleagues: [],
      atOnce: { team: 0, requester: 0 },
      playbooks: [],
      tools: [],
      analyses: [],
      lock: '',
      problems: [problem],
    }
  }
}

/** What is to be stepped again: exports beside the team or where told, and what is in the folder, by whoever holds it. */
async function historiesOf({ world, options }: Call<Options>, team: TeamModule['team']): Promise<readonly Exported[]> {
  const { cwd, env, openers } = world
  const named = typeof options.histories === 'string' ? options.histories : undefined
  const path =
    named === undefined ? join(dirname(findTeam({ cwd, env, named: options.team })), 'histories') : resolve(cwd, named)
  const files = await exportsIn(path, named !== undefined)
  const folder = folderOf(world, options)
  const beside = await openers.connect(folder)
  if (beside === undefined) return [...files, await openers.history(team, folder)].filter((one) => one !== undefined)
  await using running = beside
  return [...files, await running.export()]
}

async function exportsIn(path: string, required: boolean): Promise<readonly Exported[]> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined && !required) return []
  if (found?.isDirectory() !== true) return [await readExport(path, '--histories')]
  const files = (await readdir(path)).filter((file) => file.endsWith('.json')).toSorted()
  return await Promise.all(files.map((file) => readExport(join(path, file), '--histories')))
}
