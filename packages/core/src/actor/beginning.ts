import { validate } from '../contract/validate.ts'
import type { Failure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'
import type { Message } from '../message/message.ts'
import type { Origin } from './actor.ts'
import type { Definition } from './definition.ts'
import type { JobStart } from './started-jobs.ts'
import type { Beginning } from './step.ts'

/** What an actor is begun with by its first message; or why that message cannot begin it. */
export type Begun =
  | { readonly kind: 'begins'; readonly beginning: Beginning }
  | { readonly kind: 'refused'; readonly origin: Origin; readonly failure: Failure }

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
  return {
    kind: 'begins',
    beginning: { input: machineInput(definition, message, checked.value), origin, label, approvals, endorsements },
  }
}

/** Whom an actor that begins with this message answers. A colleague answers nobody: its jobs do. */
export function originOf(message: Message): Origin {
  const { correlationId, kind = message.type } = message
  if (message.type !== 'job.start') return { replyTo: message.sender, askId: message.id, correlationId, kind }
  const { ask } = message.payload as unknown as JobStart
  return { replyTo: ask.sender, askId: ask.id, correlationId, kind }
}

function inputOf(message: Message): Json {
  return message.type === 'job.start' ? (message.payload as unknown as JobStart).input : message.payload
}

function machineInput(definition: Definition, message: Message, input: Json): unknown {
  if (definition.kind === 'colleague') return input
  return { input, task: message.correlationId, kind: message.kind ?? message.type, sender: originOf(message).replyTo }
}
