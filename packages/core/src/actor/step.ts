/**
 * The heart: one pure advance of an actor. Everything else in Roster exists to call it.
 *
 * S1 Same actor, stimulus and context give the same result; nothing is run, read or waited for.
 * S2 Whatever the machine wants done comes back as data: messages, effects and timers with ids derived from (stream, version, index).
 * S3 An actor that ends cancels what it has open and answers whoever asked, exactly once.
 * S4 A guard or assign that throws makes `step` throw: a failed attempt, never a state.
 */
import { assertJson } from '../json/assert-json.ts'
import type { Sha256 } from '../json/sha256.ts'
import type { Label } from '../message/label.ts'
import type { Message } from '../message/message.ts'
import type { Path } from '../record/record.ts'
import type { StreamName } from '../stream/stream-name.ts'
import { stateSchema, type Actor, type ActorState, type Origin } from './actor.ts'
import { arrange, type EffectRequest, type TimerRequest } from './arrange.ts'
import { answers, pointless, withdrawals } from './ending.ts'
import { identify } from './identity.ts'
import { learned, machineEvent } from './machine-event.ts'
import { advance, begin, keep, standing, type Macrostep } from './machine.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import type { Addressee } from './skill.ts'
import type { Stimulus } from './stimulus.ts'

/** What a step may ask of its surroundings; each answer is recorded with the step. */
export interface StepContext {
  readonly sha256: Sha256
  /** The stream of a colleague by name, or of whoever of a role is to get the work. */
  readonly addressee: (to: Addressee) => StreamName
  /** Time of the step, in milliseconds since 1970. Machines do not see it; what they send and set carries it. */
  readonly now: number
}

/** What one advance comes to. */
export interface Step {
  readonly kind: 'stepped' | 'ignored'
  readonly next: ActorState
  readonly snapshot: Actor['snapshot']
  readonly messages: readonly Message[]
  readonly effects: readonly EffectRequest[]
  readonly timers: readonly TimerRequest[]
  /** Ids of pending rows that have become pointless. */
  readonly cancelled: readonly string[]
  readonly path: Path
  /** Set with the actor's last record. */
  readonly outcome: Outcome | null
}

/** What an actor begins with. */
export interface Beginning {
  /** What its machine is given. */
  readonly input: unknown
  readonly origin: Origin | null
  readonly label: Label
  readonly approvals: ActorState['approvals']
  readonly endorsements: ActorState['endorsements']
}

/** The first record of an actor. */
export function start(actor: Actor, beginning: Beginning, cause: Stimulus, context: StepContext): Step {
  const { input, ...rest } = beginning
  const machine = { status: 'active' as const, value: null, context: null, history: {} }
  const before: ActorState = {
    schema: stateSchema,
    definition: actor.definition.id,
    machine,
    open: {},
    timers: {},
    ...rest,
  }
  return settle(actor, before, begin(actor.definition.machine, input), cause, context)
}

/** Advances an actor by one stimulus. */
export function step(actor: Actor, stimulus: Stimulus, context: StepContext): Step {
  const { state, snapshot } = actor
  if (state === null || snapshot === null) throw new TypeError(`${actor.stream} has no record yet: start it`)
  const event = machineEvent(state, stimulus)
  if (event === undefined) return ignored(actor, state)
  return settle(actor, learned(state, stimulus), advance(actor.definition.machine, snapshot, event), stimulus, context)
}

/** Whether an actor's state can take a stimulus: `taken`, `waits` (for another state) or `unknown` (no state names it). */
export function canTake(actor: Actor, stimulus: Stimulus): 'taken' | 'waits' | 'unknown' {
  const { state, snapshot, definition } = actor
  if (state === null || snapshot === null) return 'taken'
  const event = machineEvent(state, stimulus)
  return event === undefined || event.type.startsWith('xstate.')
    ? 'taken'
    : standing(definition.machine, snapshot, event)
}

/** Ends an actor from outside its machine: cancelled, stopped, revoked, or refused before it began. */
export function end(actor: Actor, outcome: Outcome, cause: Stimulus, context: StepContext, origin?: Origin): Step {
  const before = actor.state ?? bare(actor, origin ?? null)
  const next: ActorState = { ...before, machine: { ...before.machine, status: 'stopped' }, open: {}, timers: {} }
  return finished(
    actor,
    before,
    next,
    { snapshot: actor.snapshot, path: { guards: [], taken: [] } },
    outcome,
    cause,
    context,
    [],
  )
}

function settle(actor: Actor, before: ActorState, macrostep: Macrostep, cause: Stimulus, context: StepContext): Step {
  const machine = keep(macrostep.snapshot)
  assertJson(machine.context, '/context')
  assertJson(machine.output ?? null, '/output')
  const id = identify(context.sha256, actor.stream, actor.version + 1)
  const arranged = arrange(actor, before, macrostep, cause, context, id)
  const outcome = outcomeOf(actor.definition, machine)
  if (outcome !== null) {
    const next: ActorState = { ...before, machine, open: {}, timers: {} }
    return finished(actor, before, next, macrostep, outcome, cause, context, arranged.told, id)
  }
  const next: ActorState = { ...before, machine, open: arranged.open, timers: arranged.timerIds }
  return {
    kind: 'stepped',
    next,
    snapshot: macrostep.snapshot,
    messages: [...arranged.told, ...arranged.sent, ...withdrawals(actor.stream, before, next, cause, context, id)],
    effects: arranged.effects,
    timers: arranged.timers,
    cancelled: pointless(before, next),
    path: macrostep.path,
    outcome: null,
  }
}

// oxlint-disable-next-line max-params -- one private exit for both ways of ending; a parameter object would only be unpacked again
function finished(
  actor: Actor,
  before: ActorState,
  next: ActorState,
  { snapshot, path }: Pick<Step, 'snapshot' | 'path'>,
  outcome: Outcome,
  cause: Stimulus,
  context: StepContext,
  told: readonly Message[],
  id = identify(context.sha256, actor.stream, actor.version + 1),
): Step {
  const messages = [
    ...told,
    ...withdrawals(actor.stream, before, next, cause, context, id),
    ...answers(actor.stream, next, outcome, cause, context, id),
  ]
  return {
    kind: 'stepped',
    next,
    snapshot,
    messages,
    effects: [],
    timers: [],
    cancelled: pointless(before, next),
    path,
    outcome,
  }
}

function ignored(actor: Actor, state: ActorState): Step {
  const none = { messages: [], effects: [], timers: [], cancelled: [], path: { guards: [], taken: [] }, outcome: null }
  return { kind: 'ignored', next: state, snapshot: actor.snapshot, ...none }
}

function bare(actor: Actor, origin: Origin | null): ActorState {
  const machine = { status: 'active' as const, value: null, context: null, history: {} }
  const label = { integrity: 'trusted' as const, sources: [] }
  return {
    schema: stateSchema,
    definition: actor.definition.id,
    machine,
    open: {},
    timers: {},
    origin,
    label,
    approvals: [],
    endorsements: [],
  }
}
