import type { AnyStateMachine } from 'xstate'

import { nodesOf } from '../actor/machine.ts'
import { unknowable } from './unknowable.ts'

/** The delays of a machine in milliseconds, by the type of the event that ends them; `null` for one that only a run can tell. */
export function delaysOf(machine: AnyStateMachine): ReadonlyMap<string, number | null> {
  const named = machine.implementations.delays as Readonly<Record<string, unknown>>
  return new Map(
    nodesOf(machine).flatMap(({ id, config }) =>
      Object.keys(config.after ?? {}).map((delay) => [`xstate.after.${delay}.${id}`, msOf(delay, named)] as const),
    ),
  )
}

function msOf(delay: string, named: Readonly<Record<string, unknown>>): number | null {
  const own = Object.hasOwn(named, delay) ? named[delay] : Number(delay)
  if (typeof own === 'number') return Number.isNaN(own) ? null : own
  try {
    const made: unknown = (own as (given: object) => unknown)({ context: unknowable, event: unknowable })
    return typeof made === 'number' ? made : null
  } catch {
    return null
  }
}
