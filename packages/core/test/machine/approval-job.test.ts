import { describe, expect, it } from 'vitest'

import { approvalJob, type Approval, type Json } from '../../src/index.ts'
import { Life } from '../kit/life.ts'

const given = { tool: 'pay', arguments: { amount: 5 }, argumentsDigest: 'd', question: 'May I?', expiresAt: 1 }

function decision(parts: Partial<Approval> = {}): Json {
  const bound = { tool: 'pay', argumentsDigest: 'd', policySet: 'p', at: 0, expiresAt: 1, key: 'k', signature: 's' }
  return {
    id: 'a1',
    task: 't1',
    person: 'eve',
    role: 'chief',
    decision: 'approved',
    ...bound,
    ...parts,
  }
}

describe('a request for approval', () => {
  it('waits, with what was asked', () => {
    const life = new Life(approvalJob, { given })
    expect(life.value).toBe('waiting')
    expect(life.data['input']).toEqual(given)
    expect(life.last).toMatchObject({ messages: [], effects: [], timers: [] })
  })

  it('ends with the decision, and the signed approval travels beside the answer', () => {
    const life = new Life(approvalJob, { given })
    const { outcome, messages } = life.send('decision', { payload: decision() })
    expect(outcome).toEqual({
      status: 'done',
      output: { decision: 'approved', person: 'eve', role: 'chief', reason: '', approval: 'a1' },
    })
    expect(messages[0]).toMatchObject({ type: 'reply', approvals: [{ id: 'a1', signature: 's' }] })
  })

  it('ends with the reason of whoever declined', () => {
    const life = new Life(approvalJob, { given })
    life.send('decision', { payload: decision({ decision: 'declined', reason: 'too much' }) })
    expect(life.last.outcome).toMatchObject({ status: 'done', output: { decision: 'declined', reason: 'too much' } })
  })

  it('takes one decision', () => {
    const life = new Life(approvalJob, { given })
    life.send('decision', { payload: decision() })
    expect(life.send('decision', { payload: decision({ id: 'a2' }) }).kind).toBe('ignored')
  })
})
