import type { Actor } from '../actor/actor.ts'
import { stateDigest } from '../actor/actor.ts'
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

/** The draft of the record of a step: all but its hash. Pure. */
export function draftRecord(
  actor: Actor,
  kind: RecordKind,
  cause: Stimulus,
  step: Step | null,
  facts: Circumstances,
  sha256: Sha256,
): RecordDraft {
  const next = step?.next ?? actor.state
  const envelope: Omit<Envelope, 'bodyHash'> = {
    schema: recordSchema,
    id: facts.id,
    tenant: facts.tenant,
    stream: actor.stream,
    version: actor.version + 1,
    at: facts.at,
    kind,
    who: {
      colleague: facts.colleague,
      definition: actor.definition.id,
      digest: actor.definition.digest,
      ...(facts.key === undefined ? {} : { key: facts.key }),
    },
    where: { host: facts.host, build: facts.build, ...(facts.place === undefined ? {} : { place: facts.place }) },
    cause: causeOf(cause, actor.stream),
    correlationId: next?.origin?.correlationId ?? (cause.source === 'message' ? cause.message.correlationId : ''),
    causationId: cause.source === 'message' ? cause.message.causationId : cause.id,
    before: actor.state?.machine.value ?? null,
    after: next?.machine.value ?? null,
    path: step?.path ?? { guards: [], taken: [] },
    decisions: facts.decisions,
    label: next?.label ?? trusted,
    stateDigest: stateDigest(next, sha256),
    ...consequences(step),
    used: facts.used ?? nothing,
    ...(step?.outcome == null ? {} : { outcome: outcomeAsData(step.outcome) }),
    ...(facts.about === undefined ? {} : { about: facts.about }),
  }
  return { envelope, body: bodyOf(actor, cause, step, facts) }
}

function bodyOf(
  actor: Actor,
  cause: Stimulus,
  step: Step | null,
  { error, evidence }: Circumstances,
): RecordDraft['body'] {
  const failure =
    error ?? (step?.outcome != null && 'error' in step.outcome ? (step.outcome.error as unknown as Json) : undefined)
  return {
    payload: payloadOf(cause),
    patch: step === null ? [] : difference(actor.state as unknown as Json, step.next as unknown as Json),
    inputs: Object.fromEntries((step?.effects ?? []).map(({ id, input }) => [id, input])),
    payloads: Object.fromEntries((step?.messages ?? []).map(({ id, payload }) => [id, payload])),
    ...(failure === undefined ? {} : { error: failure }),
    ...(evidence === undefined ? {} : { evidence }),
  }
}

function consequences(step: Step | null): Pick<Envelope, 'sent' | 'timers' | 'effects' | 'cancelled' | 'held'> {
  if (step === null) return { sent: [], timers: [], effects: [], cancelled: [], held: nothing }
  return {
    sent: step.messages.map(({ id, type, kind, to }) => ({ id, type, to, ...(kind === undefined ? {} : { kind }) })),
    timers: step.timers.map(({ id, dueAt }) => ({ id, dueAt })),
    effects: step.effects.map(({ id, skill, name }) => ({ id, skill, name, key: id })),
    cancelled: step.cancelled,
    held: step.effects.map(({ hold }) => hold).reduce(add, nothing),
  }
}

function causeOf(cause: Stimulus, stream: string): Cause {
  if (cause.source !== 'message')
    return {
      id: cause.id,
      source: cause.source,
      type: cause.source === 'timer' ? cause.event.kind : cause.outcome.kind,
      sender: stream,
    }
  const { type, kind, sender } = cause.message
  return { id: cause.id, source: 'message', type, sender, ...(kind === undefined ? {} : { kind }) }
}

/** The stimulus as data, without what the envelope has. */
function payloadOf(cause: Stimulus): Json {
  const { id: _, source: __, ...rest } = cause
  return rest as unknown as Json
}

function outcomeAsData(outcome: Outcome): NonNullable<Envelope['outcome']> {
  return outcome.status === 'done' ? { status: 'done' } : { status: outcome.status, code: outcome.error.code }
}
