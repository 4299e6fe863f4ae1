import type { AnyStateMachine } from 'xstate'

import { nodesOf, reportGuard, transitionsFrom } from './machine.ts'

/** A machine whose named and inline guards report what they answered. */
export function instrumented<M extends AnyStateMachine>(machine: M): M {
  const named = Object.entries(machine.implementations.guards as Record<string, unknown>)
  const guards = Object.fromEntries(named.map(([name, guard]) => [name, reporting(name, guard)]))
  const copy = machine.provide({ guards }) as M
  for (const transition of nodesOf(copy).flatMap(transitionsFrom)) {
    if (isPlain(transition.guard)) transition.guard = reporting(transition.guard.name || 'inline', transition.guard)
  }
  return copy
}

type Guard = (args: unknown, params: unknown) => boolean

function reporting(name: string, guard: unknown): unknown {
  if (!isPlain(guard)) return guard
  const report: Guard = (args, params) => {
    const result = guard(args, params)
    reportGuard(name, result)
    return result
  }
  Object.defineProperty(report, 'name', { value: name })
  return report
}

/** A guard of the author's own, not one of XState's combinators, which carry a `check`. */
function isPlain(guard: unknown): guard is Guard {
  return typeof guard === 'function' && !('check' in guard)
}
