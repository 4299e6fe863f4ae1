/**
 * A machine without its data: the same states and transitions in XState's own semantics, in which guards answer as an oracle says, nothing
 * is assigned, and no input or output is made. Beside `actor/machine.ts` and `actor/instrumented.ts` the only file that knows XState's nodes.
 */
import { assign, enqueueActions, type AnyStateMachine } from 'xstate'

import { nodesOf, transitionsFrom, type Node, type NodeTransition } from '../actor/machine.ts'
import type { Moment } from './moment.ts'
import type { Oracle } from './oracle.ts'
import { answerOf, unknowable } from './unknowable.ts'

/** Who is told what a run of an abstract machine comes to. */
export interface Witness extends Oracle {
  saw(moment: Moment): void
  /** A transition is taken. @throws to give the course up */
  took(transition: NodeTransition): void
}

/** An abstract machine, and what could not be said of it. */
export interface AbstractMachine {
  readonly machine: AnyStateMachine
  /** In words: parts of the machine whose effect on its course only a run can tell. */
  readonly doubts: readonly string[]
}

/** Makes the abstract machine of a machine, which is left as it is. */
export function abstractMachine(original: AnyStateMachine, witness: Witness): AbstractMachine {
  const doubts = new Set<string>()
  const guards = Object.entries(original.implementations.guards as Record<string, unknown>)
  const machine = original.provide({
    guards: Object.fromEntries(guards.map(([name, guard]) => [name, abstractGuard(guard, name, witness)])) as never,
  })
  const members = machine as unknown as { config: object }
  members.config = { ...members.config, context: {} }
  for (const node of nodesOf(machine)) strip(node, original, witness, doubts)
  return { machine, doubts: [...doubts] }
}

/** A node as it is: XState's own objects are not read-only. */
interface Mutable extends Omit<Node, 'entry' | 'exit'> {
  entry: readonly unknown[]
  exit: readonly unknown[]
  output?: unknown
}

function strip(node: Mutable, original: AnyStateMachine, witness: Witness, doubts: Set<string>): void {
  const state = node.path.join('.')
  const kept = (actions: readonly unknown[]): readonly unknown[] => abstractActions(actions, original, witness, doubts)
  const entered = hook(() => witness.saw({ kind: 'entered', state }))
  node.entry = [...(state === '' ? [] : [entered]), ...kept(node.entry)]
  node.exit = kept(node.exit)
  node.output = undefined
  for (const invocation of node.invoke) Object.assign(invocation, { input: undefined })
  if (typeof node.config.initial === 'object') Object.assign(node.initial, { actions: kept(node.initial.actions) })
  for (const transition of transitionsFrom(node)) {
    const { guard } = transition
    const name = guardName(guard)
    const taken = hook(() => {
      if (name !== undefined) witness.saw({ kind: 'held', guard: name, state })
      witness.took(transition)
    })
    Object.assign(transition, {
      guard: guard === undefined ? undefined : abstractGuard(guard, name ?? 'inline', witness),
      actions: [taken, ...kept(transition.actions)],
    })
  }
}

interface Creation {
  readonly type?: string
  readonly event?: unknown
  readonly delay?: unknown
}

/** Of actions, what sends the machine an event at once; for every assignment, that guards may answer otherwise from here on. */
function abstractActions(
  actions: readonly unknown[],
  { implementations }: AnyStateMachine,
  witness: Witness,
  doubts: Set<string>,
): readonly unknown[] {
  return actions.flatMap((action) => {
    const { type, event, delay } = resolved(action, implementations.actions as Record<string, unknown>)
    const forget = changing(() => witness.forget())
    if (type === 'xstate.assign') return [forget]
    if (type === 'xstate.enqueueActions') {
      doubts.add('enqueueActions decides while it runs what is raised')
      return [forget]
    }
    if (type !== 'xstate.raise' || delay !== undefined) return []
    if (typeof event !== 'function') return [forget, action]
    doubts.add('an event is raised whose name is made while it runs')
    return [forget]
  })
}

function resolved(action: unknown, named: Readonly<Record<string, unknown>>): Creation {
  if (typeof action === 'function') return action as Creation
  const name = typeof action === 'string' ? action : (action as { type?: string }).type
  return (name !== undefined && Object.hasOwn(named, name) ? named[name] : action) as Creation
}

/** An action that XState runs at its place among the others, and that changes nothing: a step must find the rest that it would find. */
function hook(run: () => void): unknown {
  return enqueueActions(() => run())
}

/** Stands for an assignment: the context is another one afterwards, as far as XState can see. */
function changing(run: () => void): unknown {
  return assign(() => {
    run()
    return {}
  })
}

type Test = (given: { readonly event: unknown }, params: unknown) => unknown
interface Combined {
  (): boolean
  check: unknown
  guards?: readonly unknown[]
}

/** A guard that answers what can be known of it, and else as the oracle says. XState's combinators stay: their parts are made abstract. */
function abstractGuard(guard: unknown, name: string, witness: Oracle): unknown {
  if (typeof guard === 'function' && 'check' in guard) return combined(guard as Combined, witness)
  if (typeof guard === 'object' && guard !== null && typeof (guard as { params?: unknown }).params === 'function') {
    return () => witness.ask(guard, () => undefined)
  }
  if (typeof guard !== 'function') return guard
  return ({ event }: { event: unknown }, params: unknown) =>
    witness.ask(name === 'inline' ? guard : `${name} ${JSON.stringify(params ?? null)}`, () =>
      answerOf(() => (guard as Test)({ context: unknowable, event } as never, params)),
    )
}

function combined(guard: Combined, witness: Oracle): Combined {
  const copy = Object.assign(() => false, guard)
  Object.defineProperty(copy, 'name', { value: guard.name })
  if (guard.guards !== undefined)
    copy.guards = guard.guards.map((part) => abstractGuard(part, guardName(part) ?? 'inline', witness))
  return copy
}

/** A guard in words: `isPayable`, `not isPayable`, `isPayable and isKnown`. */
export function guardName(guard: unknown): string | undefined {
  if (guard === undefined) return undefined
  if (typeof guard === 'string') return guard
  if (typeof guard !== 'function') return (guard as { readonly type: string }).type
  const { name, guards } = guard as unknown as { name: string; guards?: readonly unknown[] }
  if (guards === undefined) return name === '' || name === 'guard' ? 'inline' : name
  const parts = guards.map((part) => guardName(part) ?? 'inline')
  return name === 'not' ? `not ${parts.join(' ')}` : parts.join(` ${name} `)
}
