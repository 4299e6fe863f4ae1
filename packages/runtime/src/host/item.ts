import type { EffectRequest, Json, Message, NewPending, Pending, Stimulus, TimerEvent } from '@roster/core'

import type { EffectAnswer } from './ports.ts'

/** A pending row as its recipient meets it: what it says, and what came of it if it was an effect. */
export interface Item {
  readonly row: NewPending
  readonly stimulus: Stimulus
  readonly attempts: number
  /** For an effect: what it used and where it ran. */
  readonly answer?: EffectAnswer
}

/** What an effect's row holds. */
export interface EffectBody extends Omit<EffectRequest, 'id'> {
  /** Budgets of windows in which it was held, beside that of its actor. @defaultValue none */
  readonly windows?: readonly string[]
}

/** A message or timer as an item. */
export function itemOf(row: NewPending | Pending): Item {
  const attempts = 'attempts' in row ? row.attempts : 0
  const body = JSON.parse(row.body) as Json
  if (row.kind === 'message')
    return { row, attempts, stimulus: { source: 'message', id: row.id, message: body as unknown as Message } }
  return { row, attempts, stimulus: { source: 'timer', id: row.id, event: body as unknown as TimerEvent } }
}

/** An effect's answer as an item. */
export function answered(row: NewPending, answer: EffectAnswer): Item {
  const { child } = JSON.parse(row.body) as EffectBody
  return { row, attempts: 0, answer, stimulus: { source: 'effect', id: row.id, child, outcome: answer.result } }
}
