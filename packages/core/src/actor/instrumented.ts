import type { AnyStateMachine } from 'xstate'

import { nodesOf, reportGuard, transitionsFrom, type Node } from './machine.ts'
import { pureAction, pureFunction } from './pure-action.ts'
import { isRepeating, pureCall } from './purity.ts'

/**
 * A machine whose named and inline guards report what they answered, and of whose functions each can be checked for purity
 * (`checkingPurity`). It behaves as the original does, which is left as it is.
 */
export function instrumented<M extends AnyStateMachine>(machine: M): M {
  const { guards, actions, delays } = machine.implementations as unknown as Implementations
  const copy = machine.provide({
    guards: mapped(guards, (guard, name) => reporting(name, guard)),
    actions: mapped(actions, (action, name) => pureAction(action, `the action "${name}"`)),
    delays: mapped(delays, (delay, name) => pureFunction(delay, `the delay "${name}"`)),
  } as never) as M
  const members = copy as unknown as { config: { readonly context?: unknown } }
  members.config = { ...members.config, context: pureFunction(members.config.context, 'the first context') }
  for (const node of nodesOf(copy)) instrument(node)
  return copy
}

interface Implementations {
  readonly guards: Readonly<Record<string, unknown>>
  readonly actions: Readonly<Record<string, unknown>>
  readonly delays: Readonly<Record<string, unknown>>
}

/** A node as it is: XState's own objects are not read-only. */
interface Mutable extends Omit<Node, 'entry' | 'exit'> {
  entry: readonly unknown[]
  exit: readonly unknown[]
  output?: unknown
}

function instrument(node: Mutable): void {
  const pure = (when: string, actions: readonly unknown[]): readonly unknown[] =>
    actions.map((action) => pureAction(action, `an action ${when} ${node.id}`))
  node.entry = pure('at entry of', node.entry)
  node.exit = pure('at exit of', node.exit)
  node.output = pureFunction(node.output, `the output of ${node.id}`)
  for (const invocation of node.invoke as readonly { readonly id: string; input?: unknown }[])
    invocation.input = pureFunction(invocation.input, `the input of "${invocation.id}" in ${node.id}`)
  if (typeof node.config.initial === 'object')
    Object.assign(node.initial, { actions: pure('of the first transition of', node.initial.actions) })
  for (const transition of transitionsFrom(node)) {
    const { guard, actions, eventType } = transition
    const named = isPlain(guard)
      ? reporting(guard.name === '' || guard.name === 'guard' ? 'inline' : guard.name, guard, node.id)
      : guard
    Object.assign(transition, { guard: named, actions: pure(`on "${eventType}" of`, actions) })
  }
}

type Guard = (args: unknown, params: unknown) => boolean

function reporting(name: string, guard: unknown, state?: string): unknown {
  if (!isPlain(guard)) return guard
  const what = `the guard "${name}"${state === undefined ? '' : ` of ${state}`}`
  const report: Guard = (args, params) => {
    const result = pureCall(what, () => guard(args, params))
    if (!isRepeating()) reportGuard(name, result)
    return result
  }
  Object.defineProperty(report, 'name', { value: name })
  return report
}

/** A guard of the author's own, not one of XState's combinators, which carry a `check`. */
function isPlain(guard: unknown): guard is Guard {
  return typeof guard === 'function' && !('check' in guard)
}

function mapped(
  named: Readonly<Record<string, unknown>>,
  map: (value: unknown, name: string) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, map(value, name)]))
}
