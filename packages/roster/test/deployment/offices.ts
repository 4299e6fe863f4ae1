import { memoryStore } from '@roster/runtime'
import { fixedClock, seededIds } from '@roster/testing'

import { colleague, person, playbook, team, type TeamOf } from '../../src/index.ts'
import { assemble, type Assembled, type AssemblyParts } from '../../src/embedded/assemble.ts'
import { hostKey, memoryCheckpoints } from '../../src/embedded/checkpoints.ts'
import { memoryKeys } from '../../src/embedded/keys.ts'
import { loadPolicy } from '../../src/embedded/load-policy.ts'
import { scripted } from '../../src/testing.ts'
import { allowAll, Word, wordTool } from '../stage.ts'

const ann = person('ann', { role: 'head' })
const ben = person('ben', { role: 'head' })
const cleo = person('cleo', { role: 'head' })

interface Parts {
  /** Version of the tool that is ann's. */
  readonly shout?: string
  readonly owners?: 'three' | 'one'
  readonly policies?: Readonly<Record<string, string>>
  readonly withoutTool?: boolean
}

/** An office where ann has a tool that ben's clerk uses, for whom cleo's playbook asks. */
export function office({ shout = '1.0.0', owners = 'three', policies = allowAll, withoutTool = false }: Parts = {}) {
  const [other, third] = owners === 'three' ? [ben, cleo] : [ann, ann]
  const description = `Shouts, version ${shout}.`
  const tool = { ...wordTool('shout', { owner: ann, description }), version: shout }
  const clerk = colleague(`clerk@${withoutTool ? '2.0.0' : '1.0.0'}`, {
    owner: other,
    role: 'clerk',
    model: scripted({ say: { word: 'hi' } }),
    tools: withoutTool ? [] : [tool],
    accepts: { say: { input: Word, output: Word, instructions: 'Say it.' } },
  })
  const talk = playbook('talk@1.0.0', { owner: third, input: Word, output: Word }, (steps) => steps.ask(clerk, 'say'))
  return team('office', { colleagues: [clerk, ann, ben, cleo], playbooks: [talk], policies })
}

/** One store, on which teams are loaded one after the other. */
export function building() {
  const clock = fixedClock(Date.UTC(2026, 0, 1))
  const store = memoryStore({ tenant: 'office', clock })
  const keys = memoryKeys(['ann', 'ben', 'cleo', 'clerk', hostKey])
  const ids = seededIds(5)
  const open = async (given: TeamOf, rules: Partial<AssemblyParts> = {}): Promise<Assembled> =>
    await assemble(given, {
      store,
      policy: await loadPolicy(given),
      keys,
      checkpoints: memoryCheckpoints(),
      clock,
      alarm: { set: () => {} },
      ids,
      hostName: 'test',
      build: 'test',
      deployment: { by: 'ann', message: '' },
      development: false,
      ...rules,
    })
  return { clock, store, open }
}
