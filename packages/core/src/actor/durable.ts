import type { AnyStateMachine } from 'xstate'

import { RosterError } from '../error/roster-error.ts'
import { nodesOf, type Node } from './machine.ts'
import { skillOf } from './skill.ts'

/** What a machine of this kind may not do: said when it is loaded, with the state's name. */
export interface Durability {
  /** A colleague sees envelopes only and invokes nothing. */
  readonly kind: 'colleague' | 'job' | 'playbook'
}

/**
 * Refuses a machine that uses what cannot be made durable: invocations that are not skills, child machines, `spawn`, `systemId`,
 * actions with code of their own, and wildcard events in a colleague's machine.
 *
 * @throws RosterError `not-durable`, naming the state and what it uses.
 */
export function assertDurable(machine: AnyStateMachine, definition: string, { kind }: Durability): void {
  for (const node of nodesOf(machine)) {
    assertInvocations(machine, node, definition, kind)
    for (const action of actionsOf(node)) assertAction(machine, node, definition, action)
    if (kind === 'colleague' && [...node.transitions.keys()].some((descriptor) => descriptor.includes('*'))) {
      throw refusal(
        definition,
        node,
        'a wildcard event',
        'Name each message that a colleague takes: a wildcard would take nonsense.',
      )
    }
  }
}

function assertInvocations(machine: AnyStateMachine, node: Node, definition: string, kind: Durability['kind']): void {
  for (const invocation of node.invoke) {
    const where = `the invocation "${String(invocation.src)}"`
    if (kind === 'colleague')
      throw refusal(
        definition,
        node,
        where,
        'A colleague starts jobs with emit; what they do belongs in the machine of the job.',
      )
    if (invocation.systemId !== undefined)
      throw refusal(definition, node, `a systemId in ${where}`, 'Remove it; streams are the addresses here.')
    if (invocation.onSnapshot !== undefined)
      throw refusal(definition, node, `onSnapshot in ${where}`, 'Skills have no snapshots; use onDone.')
    if (skillOf(logicOf(machine, node, invocation)) === undefined) {
      throw refusal(definition, node, where, 'Invoke a skill: think, use, ask, tell, approve or wait.')
    }
  }
}

function logicOf(machine: AnyStateMachine, node: Node, invocation: Node['invoke'][number]): unknown {
  const configured = [node.config.invoke].flat() as ({ src: unknown } | undefined)[]
  const source = configured[node.invoke.indexOf(invocation)]?.src
  return typeof source === 'string' ? (machine.implementations.actors as Record<string, unknown>)[source] : source
}

function actionsOf(node: Node): readonly unknown[] {
  const transitions = [...node.transitions.values(), node.always ?? []].flat()
  return [...node.entry, ...node.exit, ...transitions.flatMap(({ actions }) => actions)]
}

const durableActions = new Set([
  'xstate.assign',
  'xstate.raise',
  'xstate.cancel',
  'xstate.emit',
  'xstate.enqueueActions',
])

function assertAction(machine: AnyStateMachine, node: Node, definition: string, action: unknown): void {
  const name = typeof action === 'string' ? action : isNamed(action) ? action.type : undefined
  const resolved =
    typeof action === 'function' ? action : (machine.implementations.actions as Record<string, unknown>)[name ?? '']
  if (resolved === undefined)
    throw refusal(
      definition,
      node,
      `the action "${name}", which has no implementation`,
      'Give it to setup({ actions }).',
    )
  const type = (resolved as { type?: string }).type
  if (type !== undefined && durableActions.has(type)) return
  const what =
    type === undefined
      ? `the action "${name ?? ((resolved as { name?: string }).name || 'inline')}", which has code of its own`
      : `the action ${type}`
  throw refusal(
    definition,
    node,
    what,
    'A machine may assign, raise, cancel, emit and invoke skills; everything else belongs in a tool.',
  )
}

function isNamed(action: unknown): action is { readonly type: string } {
  return typeof action === 'object' && action !== null && 'type' in action
}

function refusal(definition: string, node: Node, what: string, hint: string): RosterError {
  return new RosterError('not-durable', `${definition}: state "${node.id}" uses ${what}; it cannot be made durable`, {
    path: node.id,
    hint,
  })
}
