import { describe, expect, it } from 'vitest'

import { findApprovals, type Act, type Approval } from '../../src/index.ts'
import { newYear } from '../kit/sample.ts'

const bound = { tool: 'pay', argumentsDigest: 'd1', policySet: 'p1' }
const act: Act = { ...bound, task: 't1', proposer: 'ada', now: newYear, usable: () => true }

function by(person: string, parts: Partial<Approval> = {}): Approval {
  const when = { at: newYear, expiresAt: newYear + 1000 }
  const said = { decision: 'approved' as const, role: 'chief', key: 'k', signature: 's' }
  return { id: `of ${person}`, task: 't1', person, ...said, ...bound, ...when, ...parts }
}

/** Given these approvals, when an act needs some, then it finds those of these people, or this is missing. */
function given(...approvals: readonly Approval[]) {
  return {
    when: (parts: Partial<Act>) => {
      const found = findApprovals(approvals, { ...act, ...parts })
      return {
        then: (people: readonly string[]): void =>
          expect('approvals' in found ? found.approvals.map(({ person }) => person) : found).toEqual(people),
        lacks: (missing: string, code = 'approval-required'): void => expect(found).toEqual({ missing, code }),
      }
    },
  }
}

describe('a quorum', () => {
  it('is reached by as many different people', () => {
    given(by('eve'), by('finn')).when({ quorum: 2 }).then(['eve', 'finn'])
    given(by('eve'), by('finn'), by('gus')).when({ quorum: 2 }).then(['eve', 'finn'])
  })

  it('is not reached by one person twice', () => {
    given(by('eve'), by('eve', { id: 'again' }))
      .when({ quorum: 2 })
      .lacks('1 of 2 people have approved; nobody else was asked')
  })

  it('does not count whoever proposes', () => {
    given(by('eve'), by('ada'))
      .when({ quorum: 2 })
      .lacks('1 of 2 people have approved; ada cannot approve what they propose')
  })

  it('does not count what was used before, or declined, or is of another role', () => {
    given(by('eve'), by('finn'))
      .when({ quorum: 2, usable: (name) => name !== 'finn/of finn' })
      .lacks('1 of 2 people have approved; the approval of finn was used before', 'approval-used')
    given(by('eve'), by('finn', { decision: 'declined' }))
      .when({ quorum: 2 })
      .lacks('1 of 2 people have approved; finn declined')
    given(by('eve'), by('finn', { role: 'clerk' }))
      .when({ quorum: 2, role: 'chief' })
      .lacks('1 of 2 people have approved; finn approved as clerk, not as chief')
  })

  it('that is no number of people is never reached', () => {
    for (const quorum of [0, -1, Number.NaN])
      expect(findApprovals([by('eve')], { ...act, quorum })).toMatchObject({ code: 'approval-required' })
  })
})

describe('an approval', () => {
  it('of an unknown expiry is none', () => {
    given(by('eve', { expiresAt: Number.NaN }))
      .when({})
      .lacks('the approval of eve has expired')
  })

  it('is looked for among all that a task has', () => {
    given(by('eve', { task: 't2' }), by('finn'))
      .when({})
      .then(['finn'])
  })
})
