import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { authoriseMessage, standardDuty, type Actor, type Message } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, adasJob, message, policy, task, team } from '../kit/sample.ts'

const ofAda = (): Actor => new Life(standardDuty, { stream: ada, kind: 'colleague', given: { concurrency: 1 } }).actor
const ofJob = (): Actor => new Life(setup({}).createMachine({}), { stream: adasJob }).actor

/** Given policies that allow everything, when a message comes to an actor, then this is decided. */
function when(actor: Actor, type: string, parts: Partial<Message> = {}) {
  const decision = authoriseMessage(actor, message({ id: 'm', type, to: actor.stream, ...parts }), team, policy())
  return { then: (expected: object): void => expect(decision).toMatchObject(expected) }
}

describe('work that is denied whatever the policies say', () => {
  const label = (readers: readonly string[]) => ({ integrity: 'trusted' as const, sources: [], readers })

  it('is for somebody who is none of its readers', () => {
    when(ofAda(), 'work', { sender: task, label: label(['agent/bert']) }).then({
      allowed: false,
      reason: 'ada is none of the readers of what it is given: agent/bert',
    })
    when(ofAda(), 'work', { sender: task, label: label([]) }).then({ allowed: false })
    when(ofAda(), 'work', { sender: task, label: label(['role/clerk']) }).then({ allowed: true })
  })

  it('was handed on by more than eight colleagues', () => {
    const chain = (length: number) => Array.from({ length }, (_, index) => `agent/a${index}`)
    when(ofAda(), 'work', { sender: task, onBehalfOf: chain(8) }).then({ allowed: true })
    when(ofAda(), 'work', { sender: task, onBehalfOf: chain(9) }).then({
      allowed: false,
      reason: expect.stringContaining('at most 8 may'),
    })
  })
})

describe('an order', () => {
  it.each([
    ['terms.stop', { because: '' }, { action: 'stop', resource: 'colleague/ada' }],
    ['terms.resume', {}, { action: 'stop', resource: 'colleague/ada' }],
    ['terms.revoke', { because: '' }, { action: 'stop', resource: 'colleague/ada' }],
    ['terms.reinstate', {}, { action: 'stop', resource: 'colleague/ada' }],
    ['terms.level', { level: 'observe' }, { action: 'promote', resource: 'colleague/ada' }],
  ])('%s is a question of the colleague', (type, payload, expected) => {
    when(ofAda(), type, { sender: 'client/eve', payload }).then({ ...expected, principal: 'person/eve' })
  })

  it('to raise a limit is a question of the task', () => {
    when(ofJob(), 'limit.raised', { sender: 'client/eve', payload: { amounts: { tokens: 1 } } }).then({
      action: 'decide',
      resource: 'task/t1',
    })
  })
})
