import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate'

import { enabled, nodesOf } from './machine.ts'

/** Whether a state can take a message: `taken`, `waits` for another state, or `unknown` to all of them. */
export type Standing = 'taken' | 'waits' | 'unknown'

/** The tag of a state that refuses what it does not name, instead of letting it wait for another state. */
export const refusing = 'refuses'

/**
 * Whether a state can take an event: `taken` if a transition is enabled or the state names the type with `{}`; `waits` if another state
 * names it, or a guard is false now; `unknown` if no state names it, or the state is tagged `refuses`.
 */
export function standing(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: AnyEventObject): Standing {
  if (enabled(machine, snapshot, event)) return 'taken'
  if (snapshot.tags.has(refusing)) return 'unknown'
  const named = nodesOf(machine).some(({ transitions }) =>
    [...transitions.keys()].some((descriptor) => matches(event.type, descriptor)),
  )
  return named ? 'waits' : 'unknown'
}

/** Whether an event type fits a descriptor: the same, `*`, or `a.*` for `a` and all below it. */
function matches(eventType: string, descriptor: string): boolean {
  if (descriptor === eventType || descriptor === '*') return true
  if (!descriptor.endsWith('.*')) return false
  const prefix = descriptor.slice(0, -2)
  return eventType === prefix || eventType.startsWith(`${prefix}.`)
}
