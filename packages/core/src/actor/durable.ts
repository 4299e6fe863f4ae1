import type { AnyStateMachine } from 'xstate'

import { RosterError } from '../error/roster-error.ts'
import { nodesOf, transitionsFrom, type Node } from './machine.ts'
import { skillOf } from './skill.ts'
import { logicOf } from './skills-of.ts'

/** What a machine of this kind may not do: said when it is loaded, with the state's name. */
export interface Durability {
  /** A colleague sees envelopes only and invokes nothing; only a colleague emits. */
  readonly kind: 'colleague' | 'job' | 'playbook'
}

interface Subject extends Durability {
  readonly machine: AnyStateMachine
  readonly definition: string
}

/**
 * Refuses a machine that uses what cannot be made durable: invocations that are not skills, child machines, `spawn`, `systemId`,
 * actions with code of their own, two invocations under one id at the same time, wildcard events in a colleague's machine, and `emit` in
 * any other's. What shows up only while it runs is refused at the step.
 *
 * @throws RosterError `not-durable`, naming the state and what it uses; `definition-invalid` for a guard, delay or action without
 * implementation.
 */
export function assertDurable(machine: AnyStateMachine, definition: string, { kind }: Durability): void {
  const subject = { machine, definition, kind }
  const nodes = nodesOf(machine)
  for (const node of nodes) {
    for (const invocation of node.invoke) assertInvocation(subject, node, invocation)
    for (const action of actionsOf(node)) assertAction(subject, node, action)
    for (const { guard, target = [] } of transitionsFrom(node)) {
      assertGuard(subject, node, guard)
      assertTargets(subject, node, target)
    }
    for (const delay of Object.keys(node.config.after ?? {})) assertDelay(subject, node, delay)
    assertNamed(subject, node)
    assertRegions(subject, node)
  }
  assertDistinct(subject, nodes)
}

type Invocation = Node['invoke'][number]

function assertInvocation({ machine, definition, kind }: Subject, node: Node, invocation: Invocation): void {
  const where = `the invocation "${String(invocation.src)}"`
  if (kind === 'colleague') {
    throw refusal(
      definition,
      node,
      where,
      'A colleague starts jobs with emit; what they do belongs in the machine of the job.',
    )
  }
  if (invocation.systemId !== undefined) {
    throw refusal(definition, node, `a systemId in ${where}`, 'Remove it; streams are the addresses here.')
  }
  if (invocation.onSnapshot !== undefined) {
    throw refusal(definition, node, `onSnapshot in ${where}`, 'Skills have no snapshots; use onDone.')
  }
  if (skillOf(logicOf(machine, node, invocation)) === undefined) {
    throw refusal(definition, node, where, 'Invoke a skill: think, use, ask, tell, approve or wait.')
  }
}

function actionsOf(node: Node): readonly unknown[] {
  const initial = typeof node.config.initial === 'object' ? node.initial.actions : []
  return [...node.entry, ...node.exit, ...initial, ...transitionsFrom(node).flatMap(({ actions }) => actions)]
}

const durableActions = new Set([
  'xstate.assign',
  'xstate.raise',
  'xstate.cancel',
  'xstate.emit',
  'xstate.enqueueActions',
])

function assertAction(subject: Subject, node: Node, action: unknown): void {
  const { machine, definition, kind } = subject
  const name = nameOf(action)
  const resolved = typeof action === 'function' ? action : implementation(machine.implementations.actions, name)
  if (resolved === undefined) throw missing(definition, node, `the action "${name}"`, 'setup({ actions })')
  const { type, delay, name: own } = resolved as { type?: string; delay?: unknown; name?: string }
  if (type === undefined) {
    const what = `the action "${name ?? (own || 'inline')}", which has code of its own`
    throw refusal(
      definition,
      node,
      what,
      'A machine may assign, raise, cancel, emit and invoke skills; everything else belongs in a tool.',
    )
  }
  if (!durableActions.has(type)) {
    throw refusal(
      definition,
      node,
      `the action ${type}`,
      'A machine may assign, raise, cancel and emit; everything else belongs in a skill.',
    )
  }
  if (type === 'xstate.emit' && kind !== 'colleague') {
    throw refusal(
      definition,
      node,
      'the action xstate.emit',
      'Nobody hears what a job or a playbook emits: invoke ask or tell.',
    )
  }
  if (typeof delay === 'string') assertDelay(subject, node, delay)
}

function assertGuard(subject: Subject, node: Node, guard: unknown): void {
  if (guard === undefined) return
  if (typeof guard === 'function') {
    const { guards = [] } = guard as { guards?: readonly unknown[] }
    for (const inner of guards) assertGuard(subject, node, inner)
    return
  }
  const name = nameOf(guard)
  const resolved = implementation(subject.machine.implementations.guards, name)
  if (resolved === undefined) throw missing(subject.definition, node, `the guard "${name}"`, 'setup({ guards })')
  assertGuard(subject, node, resolved)
}

function assertDelay({ machine, definition }: Subject, node: Node, delay: string): void {
  if (!Number.isNaN(Number(delay)) || implementation(machine.implementations.delays, delay) !== undefined) return
  throw missing(definition, node, `the delay "${delay}"`, 'setup({ delays })')
}

function assertNamed({ definition, kind }: Subject, node: Node): void {
  if (kind !== 'colleague' || ![...node.transitions.keys()].some((descriptor) => descriptor.includes('*'))) return
  throw refusal(
    definition,
    node,
    'a wildcard event',
    'Name each message that a colleague takes: a wildcard would take nonsense.',
  )
}

/** XState enters nothing where there is nothing to enter, and has a machine then that is in no state. */
function assertRegions({ definition }: Subject, node: Node): void {
  if (node.type !== 'parallel' || Object.values(node.states).some(({ type }) => type !== 'history')) return
  throw new RosterError('definition-invalid', `${definition}: the parallel state "${node.id}" has no region`, {
    path: node.id,
    hint: 'Give it states besides its history.',
  })
}

/** XState leaves a parallel state and enters only its regions again, so that they are active without it. */
function assertTargets({ definition }: Subject, node: Node, targets: readonly Node[]): void {
  const lost = targets.find(
    ({ type, parent }) => type === 'history' && parent?.type === 'parallel' && [...lineage(node)].includes(parent),
  )
  if (lost === undefined) return
  const what = `a transition to "${lost.id}", the history of a parallel state that it lies in`
  throw refusal(
    definition,
    node,
    what,
    'What would be remembered is active: enter the regions by name, or enter the history from outside.',
  )
}

/** XState lets a second child of the same id replace the first without a word. */
function assertDistinct({ definition }: Subject, nodes: readonly Node[]): void {
  const owners = nodes.flatMap((node) => node.invoke.map(({ id }) => ({ id, node })))
  for (const [index, { id, node }] of owners.entries()) {
    const other = owners.slice(index + 1).find((one) => one.id === id && !areExclusive(node, one.node))
    if (other === undefined) continue
    const what = `the invocation id "${id}", which is active in "${node.id}" at the same time`
    throw refusal(definition, other.node, what, 'Give each invocation an id of its own, or leave the id out.')
  }
}

/** Whether a machine is never in both: they lie in different branches of a state that has one at a time. */
function areExclusive(one: Node, other: Node): boolean {
  const line = new Set(lineage(one))
  for (const node of lineage(other))
    if (line.has(node)) return node !== one && node !== other && node.type === 'compound'
  return false
}

function* lineage(node: Node): Generator<Node> {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) yield at
}

function nameOf(reference: unknown): string | undefined {
  if (typeof reference === 'string') return reference
  return typeof reference === 'object' && reference !== null && 'type' in reference ? String(reference.type) : undefined
}

function implementation(implementations: unknown, name: string | undefined): unknown {
  const known = implementations as Record<string, unknown>
  return name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined
}

function missing(definition: string, node: Node, what: string, where: string): RosterError {
  return new RosterError(
    'definition-invalid',
    `${definition}: state "${node.id}" uses ${what}, which has no implementation`,
    {
      path: node.id,
      hint: `Give it to ${where}.`,
    },
  )
}

function refusal(definition: string, node: Node, what: string, hint: string): RosterError {
  const message = `${definition}: state "${node.id}" uses ${what}; it cannot be made durable`
  return new RosterError('not-durable', message, { path: node.id, hint })
}
