import type { Message } from '../message/message.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { ActorState } from './actor.ts'
import type { Identify } from './identity.ts'
import type { StepContext } from './step.ts'
import type { Stimulus } from './stimulus.ts'

/** All that the consequences of one step are made from. */
export interface Moment {
  readonly stream: StreamName
  /** The actor's state as its consequences carry it: its label, approvals and endorsements. */
  readonly state: ActorState
  readonly cause: Stimulus
  readonly context: StepContext
  /** Gives the next consequence its id. */
  readonly id: Identify
}

/** A message of an actor: from it, now, about its task, with its label and the approvals it has. */
export function outgoing(
  { stream, state, cause, context, id }: Moment,
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
