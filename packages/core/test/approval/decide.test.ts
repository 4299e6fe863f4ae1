import { describe, expect, it } from 'vitest'

import { decideApproval, signedText, type Approval, type ApprovalRequest, type Decider } from '../../src/index.ts'
import { newYear } from '../kit/sample.ts'

const request: ApprovalRequest = { tool: 'pay', argumentsDigest: 'd1', expiresAt: newYear + 1000 }
const bound = { tool: 'pay', argumentsDigest: 'd1', policySet: 'p1', at: newYear, expiresAt: newYear + 1000 }
const unsigned = {
  id: 'a1',
  task: 't1',
  person: 'eve',
  role: 'chief',
  decision: 'approved' as const,
  ...bound,
  key: 'k1',
}
const approval: Approval = { ...unsigned, signature: `k1 signed ${signedText(unsigned)}` }

const decider: Decider = {
  person: 'eve',
  role: 'chief',
  keys: ['k0', 'k1'],
  task: 't1',
  policySet: 'p1',
  now: newYear,
  verify: (key, text, signature) => signature === `${key} signed ${text}`,
}

/** Given what was asked of whom, when this is decided, then it counts (`null`) or is flawed there. */
function given(circumstances: Partial<Decider> = {}) {
  return {
    when: (parts: Partial<Approval>) => ({
      then: (path: string | null): void => {
        const flaw = decideApproval({ ...approval, ...parts }, request, { ...decider, ...circumstances })
        const denied = expect.objectContaining({ code: 'denied', path, hint: expect.stringContaining('inbox') })
        expect(flaw).toEqual(path === null ? null : denied)
      },
    }),
  }
}

describe('a decision', () => {
  it('counts when whoever was asked made it, about this, in time, under their key', () => {
    given().when({}).then(null)
  })

  it('counts as well when it declines, if that is what was signed', () => {
    const declined = { ...unsigned, decision: 'declined' as const, reason: 'too much' }
    given()
      .when({ ...declined, signature: `k1 signed ${signedText(declined)}` })
      .then(null)
  })

  it.each<readonly [string, Partial<Approval>, Partial<Decider>, string]>([
    ['somebody else', { person: 'mallory' }, {}, '/person'],
    ['them in another role', { role: 'clerk' }, {}, '/person'],
    ['them about another task', { task: 't2' }, {}, '/tool'],
    ['them about another tool', { tool: 'refund' }, {}, '/tool'],
    ['them about other arguments', { argumentsDigest: 'd2' }, {}, '/argumentsDigest'],
    ['them under policies that changed since', {}, { policySet: 'p2' }, '/policySet'],
    ['them for longer than was asked', { expiresAt: newYear + 1001 }, {}, '/expiresAt'],
    ['them too late', {}, { now: newYear + 1000 }, '/expiresAt'],
    ['them without saying until when', { expiresAt: Number.NaN }, {}, '/expiresAt'],
    ['them without deciding', { decision: 'maybe' as never }, {}, '/decision'],
    ['them under a key that is not theirs', { key: 'k2' }, {}, '/key'],
    ['them under another of their keys than the one that signed', { key: 'k0' }, {}, '/signature'],
    ['them with words that were not signed', { reason: 'added later' }, {}, '/signature'],
  ])('does not count when it is made by %s', (_, parts, circumstances, path) => {
    given(circumstances).when(parts).then(path)
  })

  it('is signed over everything but the signature', () => {
    expect(signedText(approval)).toBe(signedText(unsigned))
    expect(signedText(approval)).toContain('"argumentsDigest":"d1"')
  })
})
