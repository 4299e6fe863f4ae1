import type { Definition } from '../actor/definition.ts'
import type { Json } from '../json/json.ts'
import type { Path } from '../record/record.ts'
import type { Invocation, Moment } from './moment.ts'

/** A combination of states that an actor can be in, with what it waits for there. */
export interface Situation {
  /** Its place among the situations of its space. */
  readonly index: number
  /** The innermost states: `asking.controller`, or several joined by `+`. */
  readonly name: string
  readonly value: Json
  /** `done` in a final state, `error` where an error that nothing handles ends the actor. */
  readonly ended: 'done' | 'error' | null
  /** What is under way. */
  readonly open: readonly Invocation[]
  /** Delays that end the waiting, in milliseconds; `null` for one that only a run can tell. */
  readonly delays: readonly (number | null)[]
}

/** One way from a situation to the next: a step of an actor, without its data. */
export interface Move {
  readonly index: number
  /** `null` for the first step. */
  readonly from: number | null
  readonly to: number
  /** What happens, in order; the first one is what starts it. */
  readonly moments: readonly Moment[]
  /** The transitions taken, as a record tells them. */
  readonly taken: Path['taken']
  /** States that its transitions name, by path. */
  readonly targets: readonly string[]
}

/** Every situation that an actor of a definition can come into, and every move between them. */
export interface DecisionSpace {
  readonly id: string
  readonly kind: Definition['kind']
  readonly situations: readonly Situation[]
  readonly moves: readonly Move[]
  /** Loops within one step, by the states that their transitions name. */
  readonly whirls: readonly (readonly string[])[]
  /** States that no course enters, by path. */
  readonly unreachable: readonly string[]
  /** In words: what the space leaves out. */
  readonly doubts: readonly string[]
}

/** The moves that leave each situation. */
export function movesFrom({ situations, moves }: DecisionSpace): readonly (readonly Move[])[] {
  const leaving: Move[][] = situations.map(() => [])
  for (const move of moves) if (move.from !== null) leaving[move.from]?.push(move)
  return leaving
}
