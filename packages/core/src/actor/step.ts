/**
 * The heart: one pure advance of an actor. Everything else in Roster exists to call it.
 *
 * S1 Same actor, stimulus and context give the same result; nothing is run, read or waited for.
 * S2 Whatever the machine wants done comes back as data: messages, effects and timers with ids derived from (stream, version, index).
 * S3 An actor that ends cancels what it has open and answers whoever asked, exactly once.
 * S4 A guard or assign that throws makes `step` throw: a failed attempt, never a state.
 * S5 What lives on in memory is what its data say: a step from the live actor and one from the revived actor are the same.
 */
import { termsAfterWork } from '../autonomy/demotion.ts'
import type { Terms } from '../autonomy/terms.ts'
import { asJson } from '../json/assert-json.ts'
import type { Sha256 } from '../json/sha256.ts'
import { trusted, type Label } from '../message/label.ts'
import type { Message } from '../message/message.ts'
import type { Path } from '../record/record.ts'
import type { StreamName } from '../stream/stream-name.ts'
import { stateSchema, type Actor, type ActorState, type Origin } from './actor.ts'
import { arrange } from './arrange.ts'
import { canBegin, originOf } from './beginning.ts'
import type { EffectRequest } from './consequence.ts'
import { answers, pointless, withdrawals } from './ending.ts'
import { identify } from './identity.ts'
import { learned } from './learned.ts'
import { machineEvent } from './machine-event.ts'
import { advance, begin, keep, withContext, type Macrostep } from './machine.ts'
import type { Moment } from './moment.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { repeatsAfter } from './repeats.ts'
import { beyondRounds, roundsAfter } from './rounds.ts'
import type { Addressee } from './skill.ts'
import type { Stimulus } from './stimulus.ts'
import type { TimerRequest } from './timing.ts'

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

const unbegun = { status: 'active' as const, value: null, context: null, history: {} }
const nothingTaken: Path = { guards: [], taken: [] }

/** The first record of an actor. */
export function start(actor: Actor, beginning: Beginning, cause: Stimulus, context: StepContext): Step {
  const { input, ...rest } = beginning
  const state: ActorState = {
    schema: stateSchema,
    definition: actor.definition.id,
    machine: unbegun,
    open: {},
    timers: {},
    ...rest,
  }
  return settle(actor, momentOf(actor, state, cause, context), begin(actor.definition.machine, input))
}

/** Advances an actor by one stimulus. What comes after the end, or for what is no longer open, is ignored. */
export function step(actor: Actor, stimulus: Stimulus, context: StepContext): Step {
  const { state, snapshot, definition } = actor
  if (state === null) throw new TypeError(`${actor.stream} has no record yet: start it`)
  const event = state.machine.status === 'active' ? machineEvent(state, stimulus) : undefined
  if (event === undefined || snapshot === null) return ignored(state, snapshot)
  return settle(
    actor,
    momentOf(actor, learned(state, stimulus), stimulus, context),
    advance(definition.machine, snapshot, event),
  )
}

/** Ends an actor from outside its machine: cancelled, stopped, revoked, or refused before it began. */
export function end(actor: Actor, outcome: Outcome, cause: Stimulus, context: StepContext): Step {
  const before = actor.state ?? neverBegun(actor, cause)
  const next: ActorState = { ...before, machine: { ...before.machine, status: 'stopped' }, open: {}, timers: {} }
  const { snapshot } = actor
  return {
    ...finished(momentOf(actor, before, cause, context), next, outcome),
    snapshot,
    path: nothingTaken,
    kind: 'stepped',
  }
}

function momentOf({ stream, version }: Actor, state: ActorState, cause: Stimulus, context: StepContext): Moment {
  return { stream, state, cause, context, id: identify(context.sha256, stream, version + 1) }
}

function settle(actor: Actor, moment: Moment, macrostep: Macrostep): Step {
  const snapshot = asText(macrostep)
  const machine = keep(snapshot)
  const arranged = arrange(actor, macrostep, moment)
  const rounds = roundsAfter(actor.definition, moment.state.rounds, macrostep.path)
  const repeats = repeatsAfter(actor.definition, moment.state.repeats, arranged.effects, moment.context.sha256)
  const counted = { ...(rounds === undefined ? {} : { rounds }), ...(repeats === undefined ? {} : { repeats }) }
  const kept = withTerms(
    { ...moment.state, machine, ...counted },
    termsAfterWork(actor.definition, moment.state.terms, moment.cause),
  )
  const outcome = outcomeOf(actor.definition, machine)
  const stepped = { kind: 'stepped' as const, snapshot, path: macrostep.path }
  if (outcome !== null)
    return { ...stepped, ...finished(moment, { ...kept, open: {}, timers: {} }, outcome, arranged.told) }
  const beyond = beyondRounds(actor.definition, rounds)
  if (beyond !== null) {
    const stopped: ActorState = { ...kept, machine: { ...machine, status: 'stopped' }, open: {}, timers: {} }
    return { ...stepped, ...finished(moment, stopped, beyond, arranged.told) }
  }
  const { open, timerIds, told, sent, effects, timers } = arranged
  const next: ActorState = { ...kept, open, timers: timerIds }
  const messages = [...told, ...sent, ...withdrawals(moment, next)]
  return { ...stepped, next, messages, effects, timers, cancelled: pointless(moment.state, next), outcome: null }
}

function finished(
  moment: Moment,
  next: ActorState,
  outcome: Outcome,
  told: readonly Message[] = [],
): Omit<Step, 'kind' | 'snapshot' | 'path'> {
  const messages = [...told, ...withdrawals(moment, next), ...answers(moment, outcome)]
  return { next, messages, effects: [], timers: [], cancelled: pointless(moment.state, next), outcome }
}

function withTerms(state: ActorState, terms: Terms | undefined): ActorState {
  const { terms: _, ...rest } = state
  return terms === undefined ? rest : { ...rest, terms }
}

/** What a machine holds, as it will come back from the store: what lives on is never more than that. */
function asText({ snapshot }: Macrostep): Macrostep['snapshot'] {
  const context = asJson(snapshot.context, '/context')
  const output = snapshot.output === undefined ? undefined : asJson(snapshot.output, '/output')
  if (context === snapshot.context && output === snapshot.output) return snapshot
  return { ...withContext(snapshot, context), output } as Macrostep['snapshot']
}

function ignored(state: ActorState, snapshot: Actor['snapshot']): Step {
  const none = { messages: [], effects: [], timers: [], cancelled: [], path: nothingTaken, outcome: null }
  return { kind: 'ignored', next: state, snapshot, ...none }
}

/** Whoever asked for what never began is told; what cannot begin an actor of this kind has nobody to tell. */
function neverBegun({ stream, definition }: Actor, cause: Stimulus): ActorState {
  const asked = cause.source === 'message' && canBegin(stream, cause.message) ? cause.message : undefined
  const origin = asked === undefined || asked.type === 'hired' ? null : originOf(asked)
  const label = asked?.label ?? trusted
  return {
    schema: stateSchema,
    definition: definition.id,
    machine: unbegun,
    open: {},
    timers: {},
    origin,
    label,
    approvals: [],
    endorsements: [],
  }
}
