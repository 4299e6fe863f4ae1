import type { AnyStateMachine } from 'xstate'

import { nodesOf, transitionsFrom } from './machine.ts'

/** A transition as data: what a machine could have done. */
export interface TransitionData {
  readonly source: string
  readonly event: string
  readonly guard: string | null
  readonly target: readonly string[]
}

/** The transitions of some states, by the ids of their nodes. */
export function transitionsOf(machine: AnyStateMachine, states: readonly string[]): readonly TransitionData[] {
  return nodesOf(machine)
    .filter(({ id }) => states.includes(id))
    .flatMap(transitionsFrom)
    .map(({ source, eventType, guard, target }) => ({
      source: source.id,
      event: eventType,
      guard: guardName(guard),
      target: (target ?? []).map(({ id }) => id),
    }))
}

function guardName(guard: unknown): string | null {
  if (guard === undefined) return null
  if (typeof guard === 'string') return guard
  const name = typeof guard === 'function' ? guard.name : (guard as { type?: unknown }).type
  return typeof name === 'string' && name !== '' ? name : 'inline'
}
