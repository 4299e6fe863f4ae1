/**
 * The only file that touches XState's internals, so that a move to XState 6 stays here.
 *
 * M1 One inert scope serves every call: no actor system is built for a step, no timer is set, no child runs.
 * M2 The scope collects what the machine wants done; nothing is executed.
 * M3 The collector is module state, which is safe because a step is synchronous and never re-enters another.
 */
import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate'

import type { RosterError } from '../error/roster-error.ts'
import type { Json } from '../json/json.ts'
import type { Path } from '../record/record.ts'
import { notDurable } from './not-durable.ts'
import { skillOf, type Skill } from './skill.ts'

/** What one macrostep came to. */
export interface Macrostep {
  readonly snapshot: AnyMachineSnapshot
  /** Skills invoked and still active at its end, in order. */
  readonly started: readonly {
    readonly child: string
    readonly skill: Skill
    readonly src: string
    readonly input: unknown
  }[]
  /** Delayed events set and cancelled, in order. */
  readonly timing: readonly Timing[]
  readonly emitted: readonly AnyEventObject[]
  readonly path: Path
}

/** A delayed event set (`null`: without a name, so that nothing can cancel it) or cancelled by its name. */
export type Timing =
  | { readonly kind: 'set'; readonly timer: string | null; readonly event: AnyEventObject; readonly delayMs: number }
  | { readonly kind: 'cancel'; readonly timer: string }

/** The part of a machine's snapshot that is kept. The skills that are active are kept beside it. */
export interface MachineState {
  readonly status: 'active' | 'done' | 'error' | 'stopped'
  readonly value: Json
  readonly context: Json
  readonly history: Json
  /**
   * The active states in the order in which they were entered, where that is another than the order in which they are written. The next
   * steps depend on it: which of two regions moves first, and what a history remembers first.
   */
  readonly nodes?: Json
  readonly output?: Json
  readonly error?: Json
}

interface Executable {
  readonly type: string
  readonly params: unknown
}

interface Start {
  readonly id: string
  readonly src: unknown
  readonly actorRef?: { readonly logic?: unknown }
  readonly input: unknown
}

interface Collector {
  readonly machine: AnyStateMachine | undefined
  started: Start[]
  timing: Timing[]
  emitted: AnyEventObject[]
  guards: Path['guards'][number][]
  taken: Path['taken'][number][]
}

let collector: Collector = emptyCollector(undefined)

function emptyCollector(machine: AnyStateMachine | undefined): Collector {
  return { machine, started: [], timing: [], emitted: [], guards: [], taken: [] }
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
  get: () => refuse('system.get', 'addresses another actor'),
  getAll: () => refuse('system.getAll', 'addresses other actors'),
  scheduler: { schedule: () => {}, cancel: () => {}, cancelAll: () => {} },
}

const self = {
  id: 'self',
  sessionId: 'inert',
  system,
  send: () => refuse('self.send', 'sends at once'),
  getSnapshot: () => refuse('self.getSnapshot', 'reads what is not in the context'),
}

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

/** Microsteps after which a machine that finds no rest is an error and not a process that hangs. */
const maxMicrosteps = 10_000

/** The first macrostep of a machine. */
export function begin(machine: AnyStateMachine, input: unknown): Macrostep {
  return collected(machine, {}, () => {
    const snapshot = machine.getInitialSnapshot(scope as never, input)
    // XState turns an exception of the first step into a state; with us it is a failed attempt, never a state.
    if (snapshot.status === 'error') throw thrown(snapshot.error)
    return snapshot
  })
}

/** One macrostep of a machine. */
export function advance(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: AnyEventObject): Macrostep {
  return collected(
    machine,
    snapshot.children,
    () => machine.transition(snapshot as never, event, scope as never) as AnyMachineSnapshot,
  )
}

/** Whether a state has an enabled transition for an event, or names its type with `{}`. */
export function enabled(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: AnyEventObject): boolean {
  return machine.getTransitionData(snapshot as never, event).length > 0
}

/** What is kept of a snapshot. */
export function keep(snapshot: AnyMachineSnapshot): MachineState {
  const nodes = snapshot._nodes as unknown as readonly Node[]
  return {
    status: snapshot.status,
    value: snapshot.value as Json,
    context: snapshot.context as Json,
    history: keptHistory(snapshot.historyValue),
    ...(areAsWritten(nodes) ? {} : { nodes: nodes.map(({ id }) => id) }),
    ...(snapshot.output === undefined ? {} : { output: snapshot.output as Json }),
    ...(snapshot.error === undefined ? {} : { error: snapshot.error as Json }),
  }
}

/**
 * A live snapshot from what was kept, in which everything is as it was when it was kept. `children` names the active invocations and the
 * skill source of each.
 *
 * Of XState's own restoring only the simple part is used: it looks for actor references in the context (and takes a client's
 * `{ xstate$$type: 1 }` for one), only warns of a history that names an unknown state, and gives the active states an order of its own.
 */
export function revive(
  machine: AnyStateMachine,
  state: MachineState,
  children: Readonly<Record<string, string>>,
): AnyMachineSnapshot {
  const { status, value, output, error } = state
  const invoked = Object.entries(children).map(([id, src]) => [id, { src, snapshot: { status: 'active' } }])
  const persisted = {
    status,
    value,
    output,
    error,
    context: {},
    historyValue: {},
    children: Object.fromEntries(invoked),
  }
  const restored = machine.restoreSnapshot(persisted as never, scope as never) as AnyMachineSnapshot
  const named = nodesById(machine)
  const nodes =
    state.nodes === undefined
      ? (restored._nodes as unknown as Node[]).toSorted((one, other) => one.order - other.order)
      : (state.nodes as readonly string[]).map(named)
  return {
    ...withContext(restored, state.context),
    _nodes: nodes,
    value: valueInOrder(restored.value as Json, named(machine.root.id), nodes),
    historyValue: revivedHistory(state.history, named),
  } as unknown as AnyMachineSnapshot
}

/** The same snapshot with another context. */
export function withContext(snapshot: AnyMachineSnapshot, context: Json): AnyMachineSnapshot {
  return { ...snapshot, context }
}

/** The source name of each active invocation. */
export function childrenOf(snapshot: AnyMachineSnapshot): ReadonlyMap<string, string> {
  return new Map(Object.entries(snapshot.children).map(([id, child]) => [id, String((child as { src: unknown }).src)]))
}

/** Notes what a guard answered, for the record of the step that is under way. */
export function reportGuard(guard: string, result: boolean): void {
  collector.guards.push({ guard, result })
}

/** The state nodes of a machine, as far as we look into them. */
export interface Node {
  readonly id: string
  /** The names of its states from the outermost in; empty for the root. */
  readonly path: readonly string[]
  readonly type: string
  readonly parent: Node | undefined
  readonly states: Readonly<Record<string, Node>>
  /** Its place in the machine as it is written. */
  readonly order: number
  readonly invoke: readonly {
    readonly id: string
    readonly src: unknown
    readonly systemId?: string
    readonly onSnapshot?: unknown
  }[]
  readonly entry: readonly unknown[]
  readonly exit: readonly unknown[]
  readonly initial: { readonly actions: readonly unknown[] }
  readonly transitions: ReadonlyMap<string, readonly NodeTransition[]>
  readonly always: readonly NodeTransition[] | undefined
  readonly config: { readonly invoke?: unknown; readonly after?: object; readonly initial?: unknown }
}

export interface NodeTransition {
  readonly source: Node
  readonly target: readonly Node[] | undefined
  readonly actions: readonly unknown[]
  readonly eventType: string
  guard?: unknown
}

/** All state nodes of a machine, the root first. */
export function nodesOf(machine: AnyStateMachine): readonly Node[] {
  return [...(machine as unknown as { idMap: Map<string, Node> }).idMap.values()]
}

/** All transitions that leave a state node by themselves: on events, after delays, at the end of what it invokes, and always. */
export function transitionsFrom(node: Node): readonly NodeTransition[] {
  return [...node.transitions.values(), node.always ?? []].flat()
}

function collected(machine: AnyStateMachine, before: Children, run: () => AnyMachineSnapshot): Macrostep {
  if (machine.options.maxIterations === Infinity) machine.options = { ...machine.options, maxIterations: maxMicrosteps }
  const mine = (collector = emptyCollector(machine))
  try {
    const snapshot = run()
    const { timing, emitted, guards, taken } = mine
    return { snapshot, started: startsOf(snapshot.children, before, mine), timing, emitted, path: { guards, taken } }
  } finally {
    // What guards report outside of a macrostep belongs to no record.
    collector = emptyCollector(undefined)
  }
}

type Children = Readonly<Record<string, unknown>>

/** The invocations that are active now and were not before: what was begun and left again on the way never started. */
function startsOf(now: Children, before: Children, { started }: Collector): Macrostep['started'] {
  for (const [id, child] of Object.entries(now)) {
    if (child !== before[id] && !started.some(({ actorRef }) => actorRef === child))
      throw refusal(id, 'is spawned in a context')
  }
  return started
    .filter(({ id, actorRef }) => now[id] === actorRef)
    .map(({ id, src, actorRef, input }) => ({
      child: id,
      skill: skillOf(actorRef?.logic) as Skill,
      src: String(src),
      input,
    }))
}

function collect(action: Executable): void {
  switch (action.type) {
    case 'xstate.spawnChild':
      return collectStart(action.params as Start)
    case 'xstate.stopChild':
      return
    case 'xstate.raise':
      return collectRaise(action.params as { event: AnyEventObject; id?: string; delay?: number })
    case 'xstate.cancel':
      collector.timing.push({ kind: 'cancel', timer: (action.params as { sendId: string }).sendId })
      return
    case 'xstate.emit':
      collector.emitted.push((action.params as { event: AnyEventObject }).event)
      return
    default:
      throw refusal(action.type, action.type.startsWith('xstate.') ? 'is not durable' : 'has code of its own')
  }
}

function collectStart(start: Start): void {
  const { id, src, actorRef } = start
  if (skillOf(actorRef?.logic) === undefined) throw refusal(String(src), 'is not a skill')
  const nodes = collector.machine === undefined ? [] : nodesOf(collector.machine)
  if (!nodes.some(({ invoke }) => invoke.some((one) => one.id === id && one.src === src)))
    throw refusal('xstate.spawnChild', `starts ${id}, which no state invokes`)
  collector.started.push(start)
}

function collectRaise({ event, id, delay }: { event: AnyEventObject; id?: string; delay?: number }): void {
  if (typeof delay === 'number') collector.timing.push({ kind: 'set', timer: id ?? null, event, delayMs: delay })
}

function inspect(event: { type: string; event?: AnyEventObject; _transitions?: readonly NodeTransition[] }): void {
  if (event.type !== '@xstate.microstep') return
  for (const { source, eventType, target } of event._transitions ?? []) {
    collector.taken.push({ source: source.id, event: eventType, target: target?.map(({ id }) => id) ?? [] })
  }
}

function thrown(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

function refuse(what: string, why: string): never {
  throw refusal(what, why)
}

function refusal(what: string, why: string): RosterError {
  return notDurable(collector.machine?.id ?? '', `action "${what}" ${why}`, what)
}

/** Whether states are active in the order in which they are written, as they are when nothing tells otherwise. */
function areAsWritten(nodes: readonly Node[]): boolean {
  return nodes.every(({ order }, index) => order > (nodes[index - 1]?.order ?? -1))
}

/** A state value whose regions stand in the order of the active states: XState asks them in that order. */
function valueInOrder(value: Json, node: Node, nodes: readonly Node[]): Json {
  if (typeof value !== 'object' || value === null) return value
  const regions = Object.entries(value as Readonly<Record<string, Json>>).map(([key, inner]) => {
    const state = node.states[key] as Node
    return { key, inner, state, place: nodes.indexOf(state) }
  })
  const ordered = regions.toSorted((one, other) => one.place - other.place)
  return Object.fromEntries(ordered.map(({ key, inner, state }) => [key, valueInOrder(inner, state, nodes)]))
}

function nodesById(machine: AnyStateMachine): (id: string) => Node {
  return (id) => {
    const node = (machine as unknown as { idMap: Map<string, Node> }).idMap.get(id)
    if (node === undefined) throw new Error(`the machine ${machine.id} has no state "${id}"`)
    return node
  }
}

function revivedHistory(history: Json, named: (id: string) => Node): Readonly<Record<string, readonly Node[]>> {
  const kept = Object.entries(history as Record<string, readonly { readonly id: string }[]>)
  return Object.fromEntries(kept.map(([node, states]) => [node, states.map(({ id }) => named(id))]))
}

function keptHistory(history: Record<string, readonly { id: string }[]>): Json {
  return Object.fromEntries(Object.entries(history).map(([node, kept]) => [node, kept.map(({ id }) => ({ id }))]))
}
