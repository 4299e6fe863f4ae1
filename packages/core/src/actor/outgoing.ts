import type { Message } from '../message/message.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { ActorState } from './actor.ts'
import type { Identify } from './identity.ts'
import type { StepContext } from './step.ts'
import type { Stimulus } from './stimulus.ts'

/** A message of an actor: from it, now, about its task, with its label and the approvals it has. */
// oxlint-disable-next-line max-params -- the step's own parts, passed on once
export function outgoing(
  stream: StreamName,
  state: ActorState,
  cause: Stimulus,
  context: StepContext,
  id: Identify,
  parts: Pick<Message, 'type' | 'to' | 'payload'> & Partial<Message>,
): Message {
  return {
    id: id(),
    sender: stream,
    correlationId: state.origin?.correlationId ?? (cause.source === 'message' ? cause.message.correlationId : ''),
    causationId: cause.id,
    at: context.now,
    label: state.label,
    ...(state.approvals.length === 0 ? {} : { approvals: state.approvals }),
    ...(state.endorsements.length === 0 ? {} : { endorsements: state.endorsements }),
    ...parts,
  }
}
