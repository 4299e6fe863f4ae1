import { validate } from '../contract/validate.ts'
import type { Failure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'
import type { Message } from '../message/message.ts'
import { parseStream, type StreamName } from '../stream/stream-name.ts'
import type { Origin } from './actor.ts'
import type { Definition } from './definition.ts'
import type { JobStart } from './started-jobs.ts'
import type { Beginning } from './step.ts'

/** What an actor is begun with by its first message; or why that message cannot begin it. */
export type Begun =
  | { readonly kind: 'begins'; readonly beginning: Beginning }
  | { readonly kind: 'refused'; readonly origin: Origin; readonly failure: Failure }

/** Whether a message is one that begins an actor of this stream's kind. */
export function canBegin(stream: StreamName, { type }: Pick<Message, 'type'>): boolean {
  const { kind } = parseStream(stream)
  if (kind === 'job') return type === 'job.start'
  return kind === 'task' ? type === 'task' : (kind === 'agent' || kind === 'person') && type === 'hired'
}

/** Reads the first message of an actor: whom it will answer, and its input, checked against the contract. */
export function beginningOf(definition: Definition, message: Message): Begun {
  const origin = originOf(message)
  const input = inputOf(message)
  const checked =
    definition.input === undefined
      ? { ok: true as const, value: input }
      : validate(definition.input, input, 'input-invalid', `the input of ${definition.id}`)
  if (!checked.ok) return { kind: 'refused', origin, failure: checked.failure }
  const { label, approvals = [], endorsements = [] } = message
  const given = { label, approvals, endorsements }
  // A colleague answers nobody: its jobs do.
  if (definition.kind === 'colleague')
    return { kind: 'begins', beginning: { ...given, input: checked.value, origin: null } }
  const { correlationId: task, kind = message.type } = message
  return {
    kind: 'begins',
    beginning: { ...given, input: { input: checked.value, task, kind, sender: origin.replyTo }, origin },
  }
}

/** Whom an actor that begins with this message answers. */
export function originOf(message: Message): Origin {
  const { correlationId, kind = message.type } = message
  if (message.type !== 'job.start') return { replyTo: message.sender, askId: message.id, correlationId, kind }
  const { ask } = message.payload as unknown as JobStart
  const { onBehalfOf } = ask
  const origin = { replyTo: ask.sender, askId: ask.id, correlationId, kind }
  return onBehalfOf === undefined ? origin : { ...origin, onBehalfOf }
}

function inputOf(message: Message): Json {
  return message.type === 'job.start' ? (message.payload as unknown as JobStart).input : message.payload
}
