/**
 * The only file that touches XState's internals, so that a move to XState 6 stays here.
 *
 * M1 One inert scope serves every call: no actor system is built for a step, no timer is set, no child runs.
 * M2 The scope collects what the machine wants done; nothing is executed.
 * M3 The collector is module state, which is safe because a step is synchronous and never re-enters another.
 */
import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate'

import { RosterError } from '../error/roster-error.ts'
import type { Json } from '../json/json.ts'
import type { Path } from '../record/record.ts'
import { skillOf, type Skill } from './skill.ts'

/** What one macrostep came to. */
export interface Macrostep {
  readonly snapshot: AnyMachineSnapshot
  /** Skills invoked, in order, by the id of their invocation. */
  readonly started: readonly { readonly child: string; readonly skill: Skill; readonly input: unknown }[]
  /** Delayed events set, in order. */
  readonly delayed: readonly { readonly timer: string; readonly event: AnyEventObject; readonly delayMs: number }[]
  /** Ids of delayed events cancelled, in order, each before those of `delayed` that carry a later `index`. */
  readonly undelayed: readonly string[]
  readonly emitted: readonly AnyEventObject[]
  readonly path: Path
}

/** The part of a machine's snapshot that is kept. The skills that are active are kept beside it. */
export interface MachineState {
  readonly status: 'active' | 'done' | 'error' | 'stopped'
  readonly value: Json
  readonly context: Json
  readonly history: Json
  readonly output?: Json
  readonly error?: Json
}

interface Executable {
  readonly type: string
  readonly params: unknown
  readonly exec: unknown
}

interface Collector {
  started: Macrostep['started'][number][]
  delayed: Map<string, Macrostep['delayed'][number]>
  undelayed: string[]
  emitted: AnyEventObject[]
  guards: Path['guards'][number][]
  taken: Path['taken'][number][]
}

let collector: Collector = emptyCollector()

function emptyCollector(): Collector {
  return { started: [], delayed: new Map(), undelayed: [], emitted: [], guards: [], taken: [] }
}

const system = {
  _bookId: () => 'inert',
  _register: () => 'inert',
  _unregister: () => {},
  _set: () => {},
  _relay: () => {},
  _sendInspectionEvent: inspect,
  _clock: { setTimeout: () => 0, clearTimeout: () => {} },
  _logger: () => {},
  get: () => undefined,
  getAll: () => ({}),
  scheduler: { schedule: () => {}, cancel: () => {}, cancelAll: () => {} },
}

const self = { id: 'self', sessionId: 'inert', system, send: () => {}, getSnapshot: () => undefined }

const scope = {
  self,
  system,
  id: 'self',
  sessionId: 'inert',
  logger: () => {},
  defer: () => {},
  stopChild: () => {},
  emit: () => {},
  actionExecutor: collect,
}

/** The first macrostep of a machine. */
export function begin(machine: AnyStateMachine, input: unknown): Macrostep {
  return collected(() => {
    const snapshot = machine.getInitialSnapshot(scope as never, input as never) as AnyMachineSnapshot
    // XState turns an exception of the first step into a state; with us it is a failed attempt, never a state.
    if (snapshot.status === 'error' && snapshot.error instanceof Error) throw snapshot.error
    return snapshot
  })
}

/** One macrostep of a machine. */
export function advance(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: AnyEventObject): Macrostep {
  return collected(() => machine.transition(snapshot as never, event as never, scope as never) as AnyMachineSnapshot)
}

/**
 * Whether a state can take an event: `taken` if a transition is enabled or the state names the type with `{}`; `waits` if another state
 * names it, or a guard is false now; `unknown` if no state names it.
 */
export function standing(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  event: AnyEventObject,
): 'taken' | 'waits' | 'unknown' {
  const enabled = collected(() =>
    machine.getTransitionData(snapshot as never, event as never).length > 0 ? snapshot : undefined,
  )
  if (enabled.snapshot !== undefined) return 'taken'
  for (const node of nodesOf(machine)) {
    for (const descriptor of node.transitions.keys()) {
      if (matches(event.type, descriptor)) return 'waits'
    }
  }
  return 'unknown'
}

/** What is kept of a snapshot. */
export function keep(snapshot: AnyMachineSnapshot): MachineState {
  return {
    status: snapshot.status,
    value: snapshot.value as Json,
    context: snapshot.context as Json,
    history: keptHistory(snapshot.historyValue as unknown as Record<string, readonly { id: string }[]>),
    ...(snapshot.output === undefined ? {} : { output: snapshot.output as Json }),
    ...(snapshot.error === undefined ? {} : { error: snapshot.error as Json }),
  }
}

/** A live snapshot from what was kept. `children` names the active invocations and the skill source of each. */
export function revive(
  machine: AnyStateMachine,
  state: MachineState,
  children: Readonly<Record<string, string>>,
): AnyMachineSnapshot {
  const persisted = {
    status: state.status,
    value: state.value,
    context: structuredCloneOf(state.context),
    historyValue: state.history,
    output: state.output,
    error: state.error,
    children: Object.fromEntries(
      Object.entries(children).map(([id, src]) => [id, { src, snapshot: { status: 'active' } }]),
    ),
  }
  return machine.restoreSnapshot(persisted as never, scope as never) as AnyMachineSnapshot
}

/** The source name of each active invocation. */
export function childrenOf(snapshot: AnyMachineSnapshot): Readonly<Record<string, string>> {
  const result: Record<string, string> = {}
  for (const [id, child] of Object.entries(snapshot.children)) {
    if (child !== undefined) result[id] = String((child as { src: unknown }).src)
  }
  return result
}

/** A machine whose named and inline guards report what they answered. */
export function instrumented<M extends AnyStateMachine>(machine: M): M {
  const guards: Record<string, unknown> = {}
  for (const [name, guard] of Object.entries(machine.implementations.guards as Record<string, unknown>))
    guards[name] = reporting(name, guard)
  const copy = machine.provide({ guards } as never) as M
  for (const node of nodesOf(copy)) {
    for (const transitions of [...node.transitions.values(), node.always ?? []]) {
      for (const transition of transitions) {
        if (isPlainFunction(transition.guard))
          transition.guard = reporting(transition.guard.name || 'inline', transition.guard)
      }
    }
  }
  return copy
}

/** The state nodes of a machine, as far as we look into them. */
export interface Node {
  readonly id: string
  readonly type: string
  readonly invoke: readonly {
    readonly id: string
    readonly src: unknown
    readonly systemId?: string
    readonly onSnapshot?: unknown
  }[]
  readonly entry: readonly unknown[]
  readonly exit: readonly unknown[]
  readonly transitions: ReadonlyMap<string, readonly NodeTransition[]>
  readonly always: readonly NodeTransition[] | undefined
  readonly config: { readonly invoke?: unknown; readonly [key: string]: unknown }
}

export interface NodeTransition {
  readonly source: { readonly id: string }
  readonly target: readonly { readonly id: string }[] | undefined
  readonly actions: readonly unknown[]
  readonly eventType: string
  guard?: unknown
}

/** All state nodes of a machine, the root first. */
export function nodesOf(machine: AnyStateMachine): readonly Node[] {
  return [...(machine as unknown as { idMap: Map<string, Node> }).idMap.values()]
}

/** Whether an event type fits a descriptor: the same, `*`, or `a.*` for `a` and all below it. */
export function matches(eventType: string, descriptor: string): boolean {
  if (descriptor === eventType || descriptor === '*') return true
  if (!descriptor.endsWith('.*')) return false
  const prefix = descriptor.slice(0, -2)
  return eventType === prefix || eventType.startsWith(`${prefix}.`)
}

function collected<S>(run: () => S): Omit<Macrostep, 'snapshot'> & { snapshot: S } {
  const mine = (collector = emptyCollector())
  const snapshot = run()
  const { started, delayed, undelayed, emitted, guards, taken } = mine
  return { snapshot, started, delayed: [...delayed.values()], undelayed, emitted, path: { guards, taken } }
}

function collect(action: Executable): void {
  const kind = action.type
  if (kind === 'xstate.spawnChild')
    return collectStart(action.params as { id: string; src: string; actorRef?: { logic?: unknown }; input: unknown })
  if (kind === 'xstate.stopChild') return
  if (kind === 'xstate.raise')
    return collectRaise(action.params as { event: AnyEventObject; id?: string; delay?: number })
  if (kind === 'xstate.cancel') return collectCancel(action.params as { sendId: string })
  if (kind === 'xstate.emit') {
    collector.emitted.push((action.params as { event: AnyEventObject }).event)
    return
  }
  throw notDurable(kind, kind.startsWith('xstate.') ? 'is not durable' : 'has code of its own')
}

function collectStart({
  id,
  src,
  actorRef,
  input,
}: {
  id: string
  src: string
  actorRef?: { logic?: unknown }
  input: unknown
}): void {
  const skill = skillOf(actorRef?.logic)
  if (skill === undefined) throw notDurable(src, 'is not a skill')
  collector.started = [...collector.started.filter(({ child }) => child !== id), { child: id, skill, input }]
}

function collectRaise({ event, id, delay }: { event: AnyEventObject; id?: string; delay?: number }): void {
  if (typeof delay !== 'number') return
  const timer = id ?? event.type
  collector.delayed.set(timer, { timer, event, delayMs: delay })
}

function collectCancel({ sendId }: { sendId: string }): void {
  if (!collector.delayed.delete(sendId)) collector.undelayed.push(sendId)
}

function notDurable(what: string, why: string): RosterError {
  return new RosterError('not-durable', `action "${what}" ${why}`, {
    path: what,
    hint: 'A machine may assign, raise, cancel, emit and invoke skills; everything else belongs in a tool.',
  })
}

function inspect(event: { type: string; event?: AnyEventObject; _transitions?: readonly NodeTransition[] }): void {
  if (event.type !== '@xstate.microstep') return
  for (const transition of event._transitions ?? []) {
    collector.taken.push({
      source: transition.source.id,
      event: transition.eventType,
      target: transition.target?.map(({ id }) => id) ?? [],
    })
  }
}

function reporting(name: string, guard: unknown): unknown {
  if (!isPlainFunction(guard)) return guard
  const report = (args: unknown, params: unknown): boolean => {
    const result = guard(args, params)
    collector.guards.push({ guard: name, result })
    return result
  }
  Object.defineProperty(report, 'name', { value: name })
  return report
}

/** A guard of the author's own, not one of XState's combinators, which carry a `check`. */
function isPlainFunction(guard: unknown): guard is (args: unknown, params: unknown) => boolean {
  return typeof guard === 'function' && !('check' in guard)
}

function keptHistory(history: Record<string, readonly { id: string }[]>): Json {
  return Object.fromEntries(Object.entries(history).map(([node, kept]) => [node, kept.map(({ id }) => ({ id }))]))
}

/** XState writes into a revived context (actor references); what was kept must stay as it is. */
function structuredCloneOf(context: Json): Json {
  return JSON.parse(JSON.stringify(context)) as Json
}

/** The transitions of some states, as data: what a machine could have done. */
export function transitionsOf(
  machine: AnyStateMachine,
  states: readonly string[],
): readonly {
  readonly source: string
  readonly event: string
  readonly guard: string | null
  readonly target: readonly string[]
}[] {
  return nodesOf(machine)
    .filter(({ id }) => states.includes(id))
    .flatMap((node) => [...node.transitions.values(), node.always ?? []].flat())
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
  return typeof guard === 'function' ? guard.name || 'inline' : String((guard as { type?: unknown }).type ?? 'inline')
}
