import type { Limits } from '../actor/definition.ts'
import type { DecisionSpace, Move } from './decision-space.ts'

/** What bounds how often a move can be taken. */
export interface Bounds {
  /** The rounds of the states that it leads to, by state. */
  readonly rounds: Limits['rounds']
  /** How many model and tool calls the budget allows: an answer of one has used one up. */
  readonly calls: number
}

export function boundsOf({ rounds, budget }: Limits): Bounds {
  return { rounds: rounds ?? {}, calls: budget.modelCalls + budget.toolCalls }
}

/** The bounded state that a move leads to, if there is one. */
export function boundedTarget({ targets }: Move, { rounds = {} }: Bounds): string | undefined {
  return targets.find((state) => Object.hasOwn(rounds, state))
}

/** Whether a move uses up a model or a tool call. An error may be a refusal, which uses nothing. */
export function isPaid({ moments: [first] }: Move): boolean {
  return (
    first?.kind === 'answered' && (first.invocation.skill.kind === 'think' || first.invocation.skill.kind === 'use')
  )
}

/** A move between two situations. */
export type Inner = Move & { readonly from: number }

/** The moves that go on for ever unless something else bounds them. */
export function freeMoves({ moves }: DecisionSpace, bounds: Bounds): readonly Inner[] {
  return moves.filter(
    (move): move is Inner => move.from !== null && !isPaid(move) && boundedTarget(move, bounds) === undefined,
  )
}
