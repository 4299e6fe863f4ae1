import { stateDigest, type Actor, type ActorState } from '../actor/actor.ts'
import type { Outcome } from '../actor/outcome.ts'
import type { Step } from '../actor/step.ts'
import type { Stimulus } from '../actor/stimulus.ts'
import { add, nothing, type Amounts } from '../budget/amounts.ts'
import type { Json } from '../json/json.ts'
import type { Sha256 } from '../json/sha256.ts'
import { trusted } from '../message/label.ts'
import { difference } from './patch.ts'
import {
  recordSchema,
  type Cause,
  type Decision,
  type Envelope,
  type Place,
  type RecordDraft,
  type RecordKind,
} from './record.ts'

/** What a record says beside the step itself. */
export interface Circumstances {
  readonly id: string
  readonly tenant: string
  /** In milliseconds since 1970. */
  readonly at: number
  readonly colleague: string
  readonly key?: string
  readonly host: string
  readonly build: string
  readonly place?: Place
  readonly decisions: readonly Decision[]
  readonly used?: Amounts
  readonly about?: readonly string[]
  readonly evidence?: Json
  readonly error?: Json
}

/** What a record is made of: a step, or what was said in the place of an actor that is not there. */
export type Reaction = Omit<Step, 'next'> & { readonly next: ActorState | null }

/** The draft of the record of a step: all but its hash. Pure. */
// oxlint-disable-next-line max-params -- who, what, why and in which circumstances: the parts of every record
export function draftRecord(
  actor: Actor,
  kind: RecordKind,
  cause: Stimulus,
  step: Reaction | null,
  facts: Circumstances,
  sha256: Sha256,
): RecordDraft {
  const next = step?.next ?? actor.state
  const { id, tenant, at, decisions, used = nothing } = facts
  const envelope: Omit<Envelope, 'bodyHash'> = {
    schema: recordSchema,
    id,
    tenant,
    stream: actor.stream,
    version: actor.version + 1,
    at,
    kind,
    who: whoOf(actor, facts),
    where: { host: facts.host, build: facts.build, ...optional('place', facts.place) },
    ...causedBy(cause, actor.stream, next),
    before: valueOf(actor.state),
    after: valueOf(next),
    path: step?.path ?? { guards: [], taken: [] },
    decisions,
    label: next?.label ?? trusted,
    stateDigest: stateDigest(next, sha256),
    ...consequences(step),
    used,
    ...optional('outcome', outcomeAsData(step?.outcome ?? null)),
    ...optional('about', facts.about),
  }
  return { envelope, body: bodyOf(actor, cause, step, facts) }
}

function whoOf({ definition }: Actor, { colleague, key }: Circumstances): Envelope['who'] {
  return { colleague, definition: definition.id, digest: definition.digest, ...optional('key', key) }
}

function valueOf(state: ActorState | null): Json {
  return state === null ? null : state.machine.value
}

function bodyOf(
  actor: Actor,
  cause: Stimulus,
  step: Reaction | null,
  { error, evidence }: Circumstances,
): RecordDraft['body'] {
  return {
    payload: payloadOf(cause),
    patch: step === null ? [] : difference(actor.state as unknown as Json, step.next as unknown as Json),
    inputs: Object.fromEntries((step?.effects ?? []).map(({ id, input }) => [id, input])),
    payloads: Object.fromEntries((step?.messages ?? []).map(({ id, payload }) => [id, payload])),
    ...optional('error', error ?? errorOf(step?.outcome ?? null)),
    ...optional('evidence', evidence),
  }
}

function errorOf(outcome: Outcome | null): Json | undefined {
  return outcome === null || outcome.status === 'done' ? undefined : (outcome.error as unknown as Json)
}

function consequences(step: Reaction | null): Pick<Envelope, 'sent' | 'timers' | 'effects' | 'cancelled' | 'held'> {
  if (step === null) return { sent: [], timers: [], effects: [], cancelled: [], held: nothing }
  return {
    sent: step.messages.map(({ id, type, kind, to }) => ({ id, type, to, ...optional('kind', kind) })),
    timers: step.timers.map(({ id, dueAt }) => ({ id, dueAt })),
    effects: step.effects.map(({ id, skill, name }) => ({ id, skill, name, key: id })),
    cancelled: step.cancelled,
    held: step.effects.map(({ hold }) => hold).reduce(add, nothing),
  }
}

function causedBy(
  cause: Stimulus,
  stream: string,
  next: ActorState | null,
): Pick<Envelope, 'cause' | 'correlationId' | 'causationId'> {
  const task = next?.origin?.correlationId
  if (cause.source !== 'message') {
    const type = cause.source === 'timer' ? cause.event.kind : cause.outcome.kind
    return {
      cause: { id: cause.id, source: cause.source, type, sender: stream },
      correlationId: task ?? '',
      causationId: cause.id,
    }
  }
  const { type, kind, sender, correlationId, causationId } = cause.message
  const said: Cause = { id: cause.id, source: 'message', type, sender, ...optional('kind', kind) }
  return { cause: said, correlationId: task ?? correlationId, causationId }
}

/** The stimulus as data, without what the envelope has. */
function payloadOf(cause: Stimulus): Json {
  const { id: _, source: __, ...rest } = cause
  return rest as unknown as Json
}

function outcomeAsData(outcome: Outcome | null): Envelope['outcome'] {
  if (outcome === null) return undefined
  return outcome.status === 'done' ? { status: 'done' } : { status: outcome.status, code: outcome.error.code }
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: V }
}
