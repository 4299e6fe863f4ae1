import type { Definition } from '../actor/definition.ts'
import { least, limitIds, nothing, type Amounts, type LimitId } from '../budget/amounts.ts'
import { own } from '../json/own.ts'
import { candidates, type Team } from '../team/team.ts'
import { boundsOf } from './bounds.ts'
import type { DecisionSpace } from './decision-space.ts'
import { explore } from './explore.ts'
import { heaviest } from './longest.ts'
import type { Invocation } from './moment.ts'

/** The most that one task or one piece of work can come to. */
export interface WorstCase extends Amounts {
  /** In milliseconds, of work and of waiting for people; not of waiting in line. `null` where nothing bounds it. */
  readonly timeMs: number | null
}

/** What one invocation can come to at most. */
type Weighed = (invocation: Invocation) => WorstCase

/**
 * The worst cases of a team's playbooks and pieces of work, from their graphs and limits. A budget is held before each call, so no worst
 * case is above it; what a graph cannot come to, it does not count either.
 */
export class WorstCases {
  readonly #team: Team
  readonly #known = new Map<Definition, WorstCase | 'open'>()
  readonly #spaces = new Map<Definition, DecisionSpace>()

  constructor(team: Team) {
    this.#team = team
  }

  /** The decision space of a definition; explored once. */
  spaceOf(definition: Definition): DecisionSpace {
    const space = this.#spaces.get(definition) ?? explore(definition)
    this.#spaces.set(definition, space)
    return space
  }

  of(definition: Definition): WorstCase {
    const known = this.#known.get(definition)
    // Colleagues who ask each other in turn: what bounds them is what the first one may use.
    if (known === 'open') return { ...definition.limits.budget, timeMs: null }
    if (known !== undefined) return known
    this.#known.set(definition, 'open')
    const worst = worstOf(definition, this.spaceOf(definition), (invocation) => this.#weigh(definition, invocation))
    this.#known.set(definition, worst)
    return worst
  }

  #weigh({ limits }: Definition, { skill }: Invocation): WorstCase {
    switch (skill.kind) {
      case 'think':
        return { ...limits.call, timeMs: limits.effectTimeoutMs }
      case 'use':
        return { ...nothing, toolCalls: 1, timeMs: limits.effectTimeoutMs }
      case 'approve':
        return { ...nothing, timeMs: skill.validForMs }
      case 'tell':
        return { ...nothing, timeMs: 0 }
      case 'wait':
        return { ...nothing, timeMs: null }
      case 'ask':
        return candidates(this.#team, skill.to)
          .map((name) => own(own(this.#team.colleagues, name)?.accepts ?? {}, skill.work)?.definition)
          .map((definition) => (definition === undefined ? { ...nothing, timeMs: 0 } : this.of(definition)))
          .reduce(most, { ...nothing, timeMs: 0 })
    }
  }
}

function worstOf(definition: Definition, space: DecisionSpace, weigh: Weighed): WorstCase {
  const bounds = boundsOf(definition.limits)
  const used = (id: LimitId): number =>
    heaviest(space, bounds, {
      situation: () => 0,
      move: ({ moments }) =>
        moments.reduce((sum, moment) => sum + (moment.kind === 'started' ? weigh(moment.invocation)[id] : 0), 0),
    })
  const amounts = { ...nothing }
  for (const id of limitIds) amounts[id] = used(id)
  const timeMs = heaviest(space, bounds, {
    move: () => 0,
    // A situation is left by whatever comes first.
    situation: (index) => {
      const { open = [], delays = [], ended } = space.situations[index] ?? {}
      if (ended !== null) return 0
      return Math.min(...[...open.map((one) => weigh(one).timeMs), ...delays].map((ms) => ms ?? Infinity))
    },
  })
  return { ...least(amounts, definition.limits.budget), timeMs: Number.isFinite(timeMs) ? timeMs : null }
}

function most(one: WorstCase, other: WorstCase): WorstCase {
  const amounts = { ...nothing }
  for (const id of limitIds) amounts[id] = Math.max(one[id], other[id])
  return {
    ...amounts,
    timeMs: one.timeMs === null || other.timeMs === null ? null : Math.max(one.timeMs, other.timeMs),
  }
}
