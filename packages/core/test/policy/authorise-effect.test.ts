import { sha256 } from '@roster/testing'
import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import {
  amounts,
  argumentsDigest,
  authoriseEffect,
  nothing,
  skillLogic,
  type Actor,
  type Approval,
  type EffectRequest,
  type Endorsement,
  type Json,
  type Label,
  type Policy,
  type Question,
  type Team,
  type Tool,
} from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { newYear, policy, task, team } from '../kit/sample.ts'
import { shape } from '../kit/shape.ts'

const pay: Tool = {
  name: 'pay',
  version: '1.0.0',
  digest: sha256('pay'),
  owner: 'eve',
  description: 'pays',
  place: 'host',
  integrity: 'trusted',
  input: shape({ amount: 'number' }),
  output: shape({}),
  consequential: true,
  idempotent: true,
  gate: (input: never) =>
    (
      input as {
        amount: number
      }
    ).amount > 100
      ? {
          role: 'chief',
          because: 'it is more than 100',
        }
      : null,
  run: async () => null,
}
const paying: Team = { ...team, tools: { pay } }

const idle = setup({ actors: { think: skillLogic<null, Json>({ kind: 'think' }) } }).createMachine({})

function job(approvals: readonly Approval[] = [], endorsements: readonly Endorsement[] = [], label?: Label): Actor {
  return new Life(idle, { begin: { approvals, endorsements, ...(label === undefined ? {} : { label }) } }).actor
}

const using = (input: Json, name = 'pay'): EffectRequest => ({
  id: 'e1',
  child: 'x',
  skill: 'use',
  name,
  input,
  hold: amounts({ toolCalls: 1 }),
})

function approval(amount: number, parts: Partial<Approval> = {}): Approval {
  const digest = argumentsDigest({ amount }, { sha256 })
  const bound = {
    tool: 'pay',
    argumentsDigest: digest,
    policySet: policy().digest,
    at: newYear,
    expiresAt: newYear + 1000,
  }
  return {
    id: 'a1',
    task: 't1',
    person: 'eve',
    role: 'chief',
    decision: 'approved',
    ...bound,
    key: 'k',
    signature: 's',
    ...parts,
  }
}

/** Given a job and what it has been approved, when it wants an effect under a policy, then this is decided. */
function given(actor: Actor, rules: Policy = policy(), now = newYear, usable: (id: string) => boolean = () => true) {
  return {
    when: (effect: EffectRequest) => ({
      then: (denial: object | null, decision: object = {}): void => {
        const verdict = authoriseEffect(actor, effect, { team: paying, policy: rules, sha256, now, usable })
        const expected = denial === null ? null : { ...verdict.denial, ...denial }
        expect(verdict.denial).toEqual(expected)
        expect(verdict.decision).toMatchObject({
          allowed: denial === null,
          concerns: 'e1',
          principal: 'agent/ada',
          ...decision,
        })
      },
    }),
  }
}

const needsApproval = (because: string) => ({
  code: 'approval-required',
  message: `ada may use pay with these arguments only after the chief approves: it is more than 100; ${because}`,
})

describe('the use of a tool', () => {
  it('is allowed by the policy, by name', () => {
    given(job())
      .when(using({ amount: 5 }))
      .then(null, { action: 'use', resource: 'tool/pay', policies: ['p1'] })
  })

  it('is denied by the policy, in its words', () => {
    given(job(), policy(false))
      .when(using({ amount: 5 }))
      .then({ code: 'denied', message: 'no policy permits it' }, { policies: [] })
  })

  it('is refused for a tool that the team does not have, also under names that every object has', () => {
    for (const name of ['transfer', 'constructor', '__proto__', 'toString']) {
      given(job())
        .when(using({ amount: 5 }, name))
        .then({ code: 'unknown-tool', message: `no tool "${name}" is in the team` })
    }
  })

  it('is refused for input that does not fit the contract, with the field', () => {
    given(job())
      .when(using({ amount: 'much' }))
      .then({ code: 'input-invalid', path: '/amount' })
  })

  it('tells the policy what may be relied on: label, approval, endorsement, consequence', () => {
    const questions: Question[] = []
    const asking = policy((question) => questions.push(question) > 0)
    const endorsed = { check: 'match', tool: 'pay', argumentsDigest: argumentsDigest({ amount: 5 }, { sha256 }) }
    given(job([], [endorsed], { integrity: 'untrusted', sources: ['client/mail'] }), asking)
      .when(using({ amount: 5 }))
      .then(null)
    given(job([approval(5)]), asking)
      .when(using({ amount: 5 }))
      .then(null)
    const plain = { integrity: 'trusted', sources: [], approved: false, endorsed: false }
    const asked = { ...plain, consequential: true, kind: 'use', level: 'bounded' }
    expect(questions.map(({ context }) => context)).toMatchObject([
      { ...asked, integrity: 'untrusted', sources: ['client/mail'], endorsed: true },
      { ...asked, approved: true },
    ])
  })
})

describe('a tool that needs an approval of these arguments', () => {
  it('is refused without one', () => {
    given(job())
      .when(using({ amount: 500 }))
      .then(needsApproval('nobody was asked'))
  })

  it('is allowed with one', () => {
    given(job([approval(500)]))
      .when(using({ amount: 500 }))
      .then(null)
  })

  it.each<readonly [string, Approval, string]>([
    ['other arguments', approval(501), 'eve approved other arguments'],
    ['a declined one', approval(500, { decision: 'declined' }), 'eve declined'],
    ['another tool', approval(500, { tool: 'refund' }), 'eve approved another act'],
    ['another task', approval(500, { task: 't2' }), 'eve approved another act'],
    ['another set of policies', approval(500, { policySet: 'old' }), 'eve approved under other policies'],
    ['one that has expired', approval(500, { expiresAt: newYear }), 'the approval of eve has expired'],
    ['one in another role', approval(500, { role: 'clerk' }), 'eve approved as clerk, not as chief'],
    ['one of the proposer', approval(500, { person: 'ada' }), 'ada cannot approve what they propose'],
  ])('is refused with an approval of %s', (_, one, because) => {
    given(job([one]))
      .when(using({ amount: 500 }))
      .then(needsApproval(because))
  })

  it('is refused also with one where the policy says no', () => {
    given(job([approval(500)]), policy(false))
      .when(using({ amount: 500 }))
      .then({ code: 'denied' })
  })

  it('is allowed by any of several that fits', () => {
    given(job([approval(1, { id: 'other' }), approval(500)]))
      .when(using({ amount: 500 }))
      .then(null)
  })
})

describe('an approval', () => {
  const used = (id: string) => id !== 'eve/a1'

  it('is used up by the effect that it allows, and the decision says so', () => {
    given(job([approval(500)]))
      .when(using({ amount: 500 }))
      .then(null, { approvals: ['eve/a1'] })
  })

  it('is used up also where only the policy looked for one', () => {
    const asking = policy(({ context }) => context.approved)
    given(job([approval(5)]), asking)
      .when(using({ amount: 5 }))
      .then(null, { approvals: ['eve/a1'] })
  })

  it('that another act has used up is refused, with a code of its own', () => {
    const refused = { code: 'approval-used', message: expect.stringContaining('the approval of eve was used before') }
    given(job([approval(500)]), policy(), newYear, used)
      .when(using({ amount: 500 }))
      .then(refused)
    given(
      job([approval(5)]),
      policy(({ context }) => context.approved),
      newYear,
      used,
    )
      .when(using({ amount: 5 }))
      .then(refused)
  })

  it('that was used up leaves room for another one of the same arguments', () => {
    given(job([approval(500), approval(500, { id: 'a2' })]), policy(), newYear, used)
      .when(using({ amount: 500 }))
      .then(null, { approvals: ['eve/a2'] })
  })

  it('that was used up changes nothing where none is needed', () => {
    given(job([approval(5)]), policy(), newYear, used)
      .when(using({ amount: 5 }))
      .then(null)
  })
})

describe('a model call', () => {
  it('is a question of the colleague’s model', () => {
    const effect: EffectRequest = { id: 'e1', child: 'x', skill: 'think', name: 'think', input: null, hold: nothing }
    given(job()).when(effect).then(null, { action: 'think', resource: 'model/scripted' })
    given(job(), policy(false)).when(effect).then({ code: 'denied' })
  })
})

describe('a playbook', () => {
  it('acts as its task, in the role of a playbook', () => {
    const { actor } = new Life(idle, { stream: task, kind: 'playbook' })
    const { decision } = authoriseEffect(actor, using({ amount: 5 }), {
      team: paying,
      policy: policy(),
      sha256,
      now: newYear,
      usable: () => true,
    })
    expect(decision).toMatchObject({ principal: 'task/t1' })
  })
})
