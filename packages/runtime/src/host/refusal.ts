import {
  type Actor,
  type Failure,
  hashTuple,
  type Message,
  type Step,
  type StepContext,
  type Stimulus,
} from '@roster/core'

/** A step that changes nothing but answers an ask with an error. */
export function refusalReply(
  actor: Actor,
  cause: Stimulus,
  message: Message | undefined,
  error: Failure,
  context: StepContext,
): Step | null {
  if (actor.state === null) return null
  const messages = message?.type === 'work' ? [replyTo(actor, cause, message, error, context)] : []
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

function replyTo(actor: Actor, cause: Stimulus, message: Message, error: Failure, context: StepContext): Message {
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
