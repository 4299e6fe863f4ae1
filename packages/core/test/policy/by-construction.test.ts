import { sha256 } from '@roster/testing'
import fc from 'fast-check'
import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import {
  amounts,
  argumentsDigest,
  authoriseEffect,
  skillLogic,
  type Actor,
  type Approval,
  type AutonomyLevel,
  type EffectRequest,
  type Json,
  type JobStart,
  type Label,
  type Policy,
  type Team,
  type Terms,
  type Tool,
} from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, message, newYear, policy, task, team } from '../kit/sample.ts'
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
  run: async () => null,
}
const look: Tool = { ...pay, name: 'look', consequential: false }
const idle = setup({ actors: { think: skillLogic<null, Json>({ kind: 'think' }) } }).createMachine({})
const mail: Label = { integrity: 'untrusted', sources: ['client/mail'] }

interface Given {
  readonly label?: Label
  readonly tools?: Partial<Tool>
  readonly level?: AutonomyLevel
  readonly terms?: Terms
  readonly approvals?: readonly Approval[]
  readonly onBehalfOf?: readonly string[]
  readonly policy?: Policy
}

/** Given a job of ada in a team whose policies allow everything, when she uses a tool, then it is allowed, or refused with this. */
function given({ label, tools = {}, level, terms, approvals = [], onBehalfOf, policy: rules = policy() }: Given) {
  const actor = jobOf({ ...(label === undefined ? {} : { label }), approvals }, onBehalfOf)
  const colleague = team.colleagues['ada'] as Team['colleagues'][string]
  const paying: Team = {
    ...team,
    tools: { pay: { ...pay, ...tools }, look: { ...look, ...tools, consequential: false } },
    colleagues: { ...team.colleagues, ada: level === undefined ? colleague : { ...colleague, autonomy: level } },
  }
  return {
    when: (name: string, input: Json = { amount: 5 }) => {
      const effect: EffectRequest = { id: 'e1', child: 'x', skill: 'use', name, input, hold: amounts({ toolCalls: 1 }) }
      const circumstances = { team: paying, policy: rules, sha256, now: newYear, usable: () => true }
      const verdict = authoriseEffect(actor, effect, { ...circumstances, ...(terms === undefined ? {} : { terms }) })
      return {
        then: (denial: object | null, decision: object = {}): void => {
          expect(verdict.denial).toEqual(denial === null ? null : { ...verdict.denial, ...denial })
          expect(verdict.decision).toMatchObject({ allowed: denial === null, ...decision })
        },
      }
    },
  }
}

function jobOf(begin: object, onBehalfOf: readonly string[] | undefined): Actor {
  const asked = message({ id: 'ask-1', type: 'work', kind: 'write', to: ada, sender: task })
  const { payload: _, ...ask } = onBehalfOf === undefined ? asked : { ...asked, onBehalfOf }
  const payload = { ask, input: null } satisfies JobStart as unknown as Json
  return new Life(idle, { begin: { ...begin, payload } }).actor
}

function approved(parts: Partial<Approval> = {}): Approval {
  const digest = argumentsDigest({ amount: 5 }, { sha256 })
  const bound = { tool: 'pay', argumentsDigest: digest, policySet: policy().digest, task: 't1' }
  const when = { at: newYear, expiresAt: newYear + 1000 }
  return {
    id: 'a1',
    person: 'eve',
    role: 'chief',
    decision: 'approved',
    ...bound,
    ...when,
    key: 'k',
    signature: 's',
    ...parts,
  }
}

describe('a consequential tool on untrusted lineage', () => {
  it('needs an approval whatever the policies say', () => {
    given({ label: mail })
      .when('pay')
      .then({
        code: 'approval-required',
        message: expect.stringContaining('what it has read is not trusted (client/mail)'),
      })
  })

  it('is used with an approval of its exact arguments by anybody but the proposer', () => {
    given({ label: mail, approvals: [approved()] })
      .when('pay')
      .then(null, { approvals: ['eve/a1'] })
    given({ label: mail, approvals: [approved({ person: 'ada' })] })
      .when('pay')
      .then({ code: 'approval-required' })
    given({ label: mail, approvals: [approved()] })
      .when('pay', { amount: 6 })
      .then({ code: 'approval-required', message: expect.stringContaining('eve approved other arguments') })
  })

  it('is used where its contract lets only closed values through, and the record says so', () => {
    given({ label: mail, tools: { closed: ['amount'] } })
      .when('pay')
      .then(null, { endorsed: [{ argument: 'amount', by: 'schema' }] })
  })

  it('is used freely on trusted lineage, and a harmless tool on any', () => {
    given({}).when('pay').then(null)
    given({ label: mail }).when('look').then(null)
  })
})

describe('a level of autonomy', () => {
  it('to observe bars every consequential tool, approved or not', () => {
    given({ level: 'observe', approvals: [approved()] })
      .when('pay')
      .then({ code: 'denied', message: expect.stringContaining('ada observes') })
    given({ level: 'observe' }).when('look').then(null)
  })

  it('to propose needs the approval of its owner for each', () => {
    given({ level: 'propose' })
      .when('pay')
      .then({
        code: 'approval-required',
        message: expect.stringContaining('only after the chief approves: ada only proposes'),
      })
    given({ level: 'propose', approvals: [approved()] })
      .when('pay')
      .then(null)
    given({ level: 'propose' }).when('look').then(null)
  })

  it('is what people have decided, not what the author has declared', () => {
    given({ level: 'observe', terms: { level: 'bounded' } })
      .when('pay')
      .then(null)
    given({ level: 'autonomous', terms: { level: 'observe' } })
      .when('pay')
      .then({ code: 'denied' })
  })

  it('is told to the policy', () => {
    const rules = policy(({ context }) => context.level === 'autonomous')
    given({ policy: rules }).when('pay').then({ code: 'denied' })
    given({ policy: rules, level: 'autonomous' }).when('pay').then(null)
  })
})

describe('a tool that is no reader of what was read', () => {
  it('is not given it, whatever the policies say', () => {
    const secret: Label = { integrity: 'trusted', sources: [], readers: ['agent/ada', 'tool/look'] }
    given({ label: secret })
      .when('pay')
      .then({ code: 'denied', message: 'the tool pay is none of the readers of what it would be given' })
    given({ label: secret }).when('look').then(null)
  })
})

describe('a quorum', () => {
  const tools: Partial<Tool> = { gate: () => ({ role: 'chief', because: 'it is much', quorum: 2 }) }

  it('uses up the approval of each', () => {
    given({ tools, approvals: [approved(), approved({ id: 'a2', person: 'finn' })] })
      .when('pay')
      .then(null, { approvals: ['eve/a1', 'finn/a2'] })
  })

  it('is not reached by one person', () => {
    given({ tools, approvals: [approved(), approved({ id: 'a2' })] })
      .when('pay')
      .then({ code: 'approval-required', message: expect.stringContaining('1 of 2 people have approved') })
  })
})

describe('a delegation', () => {
  const only = (...names: readonly string[]): Policy => policy(({ principal }) => names.includes(principal.name))

  it('lets through what everybody in it may do', () => {
    given({ onBehalfOf: ['agent/bert'], policy: only('ada', 'bert') })
      .when('pay')
      .then(null, { principal: 'agent/ada', onBehalfOf: ['agent/bert'] })
  })

  it('does not lend rights to whoever asks', () => {
    given({ onBehalfOf: ['agent/bert'], policy: only('ada') })
      .when('pay')
      .then({ code: 'denied', message: expect.stringContaining('on behalf of agent/bert, who may not') })
  })

  it('only narrows: in 10,000 chains nothing is allowed that anybody in the chain may not do', () => {
    const names = ['ada', 'bert', 'eve', 'gone']
    const chains = fc.array(fc.constantFrom('agent/bert', 'person/eve', 'agent/gone', 'agent/ada'), { maxLength: 8 })
    let allowedOnes = 0
    fc.assert(
      fc.property(chains, fc.subarray(names), (onBehalfOf, granted) => {
        const allowed = [...onBehalfOf, 'agent/ada'].every((one) => granted.includes(one.split('/')[1] ?? ''))
        if (allowed) allowedOnes += 1
        const actor = jobOf({}, onBehalfOf)
        const effect: EffectRequest = {
          id: 'e1',
          child: 'x',
          skill: 'use',
          name: 'pay',
          input: { amount: 5 },
          hold: amounts({}),
        }
        const circumstances = { team: { ...team, tools: { pay } }, policy: only(...granted), sha256, now: newYear }
        const { denial } = authoriseEffect(actor, effect, { ...circumstances, usable: () => true })
        return (denial === null) === allowed
      }),
      { seed: 10_000, numRuns: 10_000 },
    )
    expect(allowedOnes).toBeGreaterThan(500)
  }, 60_000)
})
