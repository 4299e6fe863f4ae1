import { hashTuple, type Failure, type Message, type Step } from '@roster/core'

import type { Encounter } from './decide.ts'

/** A step that changes nothing but answers an ask with an error. */
export function refusalReply(encounter: Encounter, message: Message | undefined, error: Failure): Step | null {
  const { actor } = encounter
  if (actor.state === null) return null
  const messages = message?.type === 'work' ? [replyTo(encounter, message, error)] : []
  return {
    kind: 'stepped',
    next: actor.state,
    snapshot: actor.snapshot,
    messages,
    effects: [],
    timers: [],
    cancelled: [],
    path: { guards: [], taken: [] },
    outcome: null,
  }
}

function replyTo({ actor, cause, context }: Encounter, message: Message, error: Failure): Message {
  return {
    id: hashTuple(context.sha256, ['roster.refusal.1', actor.stream, actor.version + 1]).slice(0, 32),
    type: 'reply',
    sender: actor.stream,
    to: message.sender,
    inReplyTo: message.id,
    correlationId: message.correlationId,
    causationId: cause.id,
    at: context.now,
    label: message.label,
    payload: null,
    error,
  }
}
