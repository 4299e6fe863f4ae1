import type { AnyStateMachine } from 'xstate'
import { describe, expect, it } from 'vitest'

import {
  analyse,
  defaultLimits,
  defaultTaskLimits,
  standardDuty,
  standardJob,
  WorstCases,
  type Analysis,
  type Definition,
  type Milestone,
  type Property,
  type Team,
} from '../../src/index.ts'
import { definition, team } from '../kit/sample.ts'
import { careless, miswired, paying, pondering, redrafting, sides, whirling } from './machines.ts'

const adasWork = definition(pondering, { id: 'ada@1.0.0/draft' })
const desk: Team = {
  ...team,
  colleagues: {
    ...team.colleagues,
    ada: {
      ...(team.colleagues['ada'] as never as Team['colleagues'][string]),
      accepts: { draft: { definition: adasWork, instructions: '', tools: [] } },
    },
  },
}

function analysed(
  machine: AnyStateMachine,
  parts: Partial<Definition> = {},
  properties: readonly Property[] = [],
): Analysis {
  const playbook = definition(machine, {
    kind: 'playbook',
    id: `${machine.id}@1.0.0`,
    limits: defaultTaskLimits,
    ...parts,
  })
  return analyse(playbook, new WorstCases(desk), properties)
}

const pays: Milestone = { kind: 'asks', colleague: 'ada', work: 'pay' }
const approved: Milestone = { kind: 'approved', tool: 'pay' }

describe('the decision space', () => {
  it('holds every situation and every move, with both answers of a guard that looks at data', () => {
    expect(analysed(paying)).toMatchObject({
      situations: 6,
      moves: 10,
      paths: 8,
      deadEnds: [],
      unreachable: [],
      loops: [],
    })
  })

  it('asks a guard that looks only at a decision, so that approved leads nowhere else', () => {
    const { properties } = analysed(miswired, {}, [{ never: pays, without: [approved] }])
    expect(properties).toEqual([
      {
        property: 'never asks ada for pay without an approval of pay',
        holds: false,
        reachable: true,
        way: ['begun -> asking', 'asking: approve declined [isDeclined] -> paying'],
      },
    ])
  })

  it('follows parallel regions, what they raise, and their end', () => {
    const { situations, paths } = analysed(sides)
    expect({ situations, paths }).toEqual({ situations: 7, paths: 10 })
  })

  it('names states that nothing leads to', () => {
    expect(analysed(sides).unreachable).toEqual(['forgotten'])
  })

  it('finds the situations from which no end can be reached, and a way into them', () => {
    expect(analysed(sides).deadEnds).toEqual([
      {
        situation: 'stuck',
        way: [
          'begun -> both.left.drafting + both.right.drafting + both.bell.silent',
          expect.stringMatching(/left failed -> stuck$/),
        ],
      },
    ])
  })

  it('holds a colleague to no end and no bound', () => {
    expect(analysed(standardDuty, { kind: 'colleague' })).toMatchObject({ deadEnds: [], loops: [], paths: 0 })
  })
})

describe('a property', () => {
  it('holds where every way passes what it asks for', () => {
    const small: Milestone = { kind: 'enters', state: 'asking' }
    expect(
      analysed(paying, {}, [{ never: { kind: 'enters', state: 'declined' }, without: [small] }]).properties,
    ).toMatchObject([{ holds: true, reachable: true, way: [] }])
  })

  it('is broken by the shortest way that does not, as a list of events', () => {
    expect(analysed(paying, {}, [{ never: pays, without: [approved] }]).properties).toMatchObject([
      { holds: false, way: ['begun -> drafting', 'drafting: draft answered -> paying'] },
    ])
  })

  it('wants a new approval for the next time', () => {
    const twice: Property = {
      never: { kind: 'asks', colleague: 'ada', work: 'draft' },
      without: [{ kind: 'enters', state: 'drafting' }],
    }
    const again: Property = {
      never: { kind: 'enters', state: 'drafting' },
      without: [{ kind: 'held', guard: 'isLarge' }],
    }
    expect(analysed(redrafting, {}, [twice, again]).properties.map(({ holds }) => holds)).toEqual([true, false])
  })

  it('says when it speaks of what cannot happen', () => {
    const [proven] = analysed(paying, {}, [{ never: { kind: 'uses', tool: 'pay' }, without: [] }]).properties
    expect(proven).toMatchObject({ property: 'never uses pay', holds: true, reachable: false })
  })
})

describe('a loop', () => {
  it('is unbounded where it uses nothing up, and a round is told', () => {
    expect(analysed(redrafting).loops).toEqual([
      { situations: ['drafting'], bound: null, round: ['drafting: draft answered [isLarge] -> drafting'] },
    ])
  })

  it('is bounded by rounds of a state on it', () => {
    const limits = { ...defaultTaskLimits, rounds: { drafting: 3 } }
    expect(analysed(redrafting, { limits }).loops).toMatchObject([{ bound: 'drafting: at most 3 rounds' }])
  })

  it('is bounded by the budget where each round uses up a call', () => {
    expect(analysed(pondering, { kind: 'job', limits: defaultLimits }).loops).toMatchObject([
      { situations: ['thinking', 'using'], bound: 'the budget: each round uses up a call' },
    ])
  })

  it('is unbounded where a refused call leads to the next one', () => {
    expect(analysed(standardJob, { kind: 'job' }).loops).toMatchObject([
      { bound: null, round: ['using: use failed [moreCalls] -> using'] },
    ])
  })

  it('is found within one step too', () => {
    expect(analysed(whirling).loops).toMatchObject([{ situations: ['one', 'two'], bound: null }])
    const limits = { ...defaultTaskLimits, rounds: { two: 9 } }
    expect(analysed(whirling, { limits }).loops).toMatchObject([{ bound: 'two: at most 9 rounds' }])
  })
})

describe('the worst case', () => {
  it('is the heaviest way: of one alternative, not of all', () => {
    const { worst } = analysed(paying)
    // Two asks, of which only `draft` is work that ada accepts; one approval of at most a second.
    expect(worst).toMatchObject({ modelCalls: 10, toolCalls: 40, tokens: 200_000, costMicroUsd: 100_000 })
  })

  it('counts a loop as often as it can be gone round, and never beyond the budget', () => {
    const limits = { ...defaultTaskLimits, rounds: { drafting: 3 } }
    expect(analysed(redrafting, { limits }).worst).toMatchObject({ modelCalls: 40, costMicroUsd: 400_000 })
    const few = { ...limits, budget: { ...defaultTaskLimits.budget, modelCalls: 25 } }
    expect(analysed(redrafting, { limits: few }).worst).toMatchObject({ modelCalls: 25, costMicroUsd: 400_000 })
  })

  it('has no bound of time where a wait has none, and ends a wait by what comes first', () => {
    expect(analysed(careless).worst.timeMs).toBeNull()
    expect(analysed(miswired).worst.timeMs).toBe(60_000)
  })
})

describe('a step', () => {
  it('says what happens when it fails or is late, and which checks decide about its answer', () => {
    expect(analysed(paying).steps).toEqual([
      { child: 'draft', does: 'ask ada/draft', failing: ['fail'], late: [], checks: ['isLarge'] },
      {
        child: 'approve',
        does: 'approve pay by eve',
        failing: ['fail'],
        late: ['after patience: fail'],
        checks: ['isApproved'],
      },
      { child: 'pay', does: 'ask ada/pay', failing: ['fail'], late: [], checks: [] },
    ])
  })

  it('has no fallback where nothing handles its error', () => {
    expect(analysed(careless).steps.map(({ child, failing }) => [child, failing])).toEqual([
      ['draft', null],
      ['wait', []],
    ])
  })
})
