import { fixedClock, seededIds } from '@roster/testing'
import { memoryStore } from '@roster/runtime'
import { describe, expect, it } from 'vitest'

import { assemble } from '../../src/embedded/assemble.ts'
import { hostKey, memoryCheckpoints } from '../../src/embedded/checkpoints.ts'
import { memoryKeys } from '../../src/embedded/keys.ts'
import { loadPolicy } from '../../src/embedded/load-policy.ts'
import { scripted } from '../../src/testing.ts'
import { allowAll, talkers, wordTool } from '../stage.ts'

const clock = fixedClock(Date.UTC(2026, 0, 1))
const greeting = scripted({ say: { word: 'hi' } })
const quiet = talkers(greeting, [wordTool('say')])
const changed = talkers(greeting, [wordTool('say', { description: 'Says it aloud.' })])
const grown = talkers(greeting, [wordTool('say')], { known: [wordTool('sing')] })

/** Loads teams one after the other on one store, and answers what the team's stream says of it. */
async function loaded(teams: readonly (typeof quiet)[], development = true) {
  const store = memoryStore({ tenant: 'talkers', clock })
  const ids = seededIds(5)
  const keys = memoryKeys([...Object.keys(teams[0]?.colleagues ?? {}), hostKey])
  for (const team of teams) {
    const assembled = await assemble(team, {
      store,
      policy: await loadPolicy(team),
      keys,
      checkpoints: memoryCheckpoints(),
      clock,
      alarm: { set: () => {} },
      ids,
      hostName: 'test',
      build: 'test',
      deployment: { by: 'somebody', message: 'because' },
      development,
    })
    await assembled[Symbol.asyncDispose]()
  }
  const records = await store.read('talkers/team')
  return records.map(({ body }) => (JSON.parse(body ?? '{}') as Recorded).payload.message.payload)
}

interface Recorded {
  readonly payload: { readonly message: { readonly payload: object } }
}

describe('loading a team', () => {
  it('for the first time records who loaded it, why, and everything as added', async () => {
    expect(await loaded([quiet])).toMatchObject([
      {
        by: 'somebody',
        message: 'because',
        difference: {
          added: expect.arrayContaining(['tool/say@1.0.0', 'playbook/talk@1.0.0']),
          removed: [],
          changed: [],
        },
      },
    ])
  })

  it('again without a change records nothing', async () => {
    expect(await loaded([quiet, quiet])).toHaveLength(1)
  })

  it('with a changed definition records the difference, in development', async () => {
    const [, second] = await loaded([quiet, changed])
    expect(second).toMatchObject({ difference: { added: [], removed: [], changed: ['tool/say@1.0.0'] } })
  })

  it('with a changed definition under the same version is refused outside development', async () => {
    await expect(loaded([quiet, changed], false)).rejects.toMatchObject({
      code: 'definition-changed',
      path: 'tool/say@1.0.0',
    })
  })

  it('with more in it, and with other policies, is recorded outside development too', async () => {
    const strict = talkers(greeting, [wordTool('say')], {
      known: [wordTool('sing')],
      policies: {
        ...allowAll,
        'more.cedar': '@id("nobody may sing")\nforbid (principal, action, resource == Tool::"sing");',
      },
    })
    const [, second, third] = await loaded([quiet, grown, strict], false)
    expect(second).toMatchObject({ difference: { added: ['tool/sing@1.0.0', 'owner/tool/sing'] } })
    expect(third).toMatchObject({ difference: { added: [], changed: ['policies'] } })
  })
})
