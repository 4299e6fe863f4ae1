import { describe, expect, it } from 'vitest'

import { impactOf } from '../../src/operations/impact.ts'
import { calling, talkers, wordTool } from '../stage.ts'

const shout = wordTool('shout')
const policies = {
  'some.cedar': `
@id("everything else") permit (principal, action in [Action::"publish", Action::"send", Action::"think"], resource);
@id("shouting") permit (principal == Agent::"talker", action == Action::"use", resource == Tool::"shout");`,
}
const team = talkers(
  calling('shout', () => ({ word: 'hello' })),
  [shout],
  { policies, known: [wordTool('unused')] },
)

describe('what depends on', () => {
  it('a tool: who has it, in which work, and who asks for that work', async () => {
    expect(await impactOf(team, 'shout')).toMatchObject({
      kind: 'tool',
      owner: 'boss',
      owners: [],
      dependents: [
        { kind: 'colleague', name: 'talker' },
        { kind: 'work', name: 'talker/say', how: 'its model may ask for it' },
        { kind: 'playbook', name: 'talk', how: 'asks talker for say' },
      ],
    })
    expect(await impactOf(team, 'unused')).toMatchObject({ dependents: [] })
  })

  it('a colleague: who asks it', async () => {
    expect(await impactOf(team, 'talker')).toMatchObject({
      kind: 'colleague',
      dependents: [{ kind: 'playbook', name: 'talk', owner: 'boss' }],
    })
  })

  it('instructions: who asks for the work that they are for', async () => {
    expect(await impactOf(team, 'talker/say')).toMatchObject({
      kind: 'instructions',
      owner: 'boss',
      dependents: [{ kind: 'playbook', name: 'talk', how: 'asks talker for say' }],
    })
  })

  it('a policy: what it determines', async () => {
    expect(await impactOf(team, 'shouting')).toMatchObject({
      kind: 'policy',
      dependents: [{ kind: 'permission', name: 'talker use shout', owner: 'boss', how: 'yes' }],
    })
  })

  it('nothing that the team has is a question that makes no sense', async () => {
    await expect(impactOf(team, 'nothing')).rejects.toMatchObject({ code: 'usage' })
  })
})
