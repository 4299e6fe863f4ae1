import type { AnyEventObject } from 'xstate'

import { RosterError } from '../error/roster-error.ts'
import type { MessageEnvelope, Message } from '../message/message.ts'
import { envelopeOf } from '../message/message.ts'
import { streamName, type StreamName } from '../stream/stream-name.ts'
import type { ActorState } from './actor.ts'
import type { Identify } from './identity.ts'
import { outgoing } from './outgoing.ts'
import type { StepContext } from './step.ts'
import type { Stimulus } from './stimulus.ts'

/** What starts a job: who asked, and the content, which the colleague itself never sees. */
export interface JobStart {
  readonly ask: MessageEnvelope
  readonly input: Message['payload']
}

/** The jobs that a colleague's machine starts with `emit({ type: 'job.start', message })`. */
// oxlint-disable-next-line max-params -- the step's own parts, passed on once
export function startedJobs(
  stream: StreamName,
  state: ActorState,
  emitted: readonly AnyEventObject[],
  cause: Stimulus,
  context: StepContext,
  id: Identify,
): readonly Message[] {
  return emitted.map((event) => {
    const work = cause.source === 'message' ? cause.message : undefined
    if (
      event.type !== 'job.start' ||
      work === undefined ||
      (event['message'] as MessageEnvelope | undefined)?.id !== work.id
    ) {
      throw new RosterError(
        'not-durable',
        `${stream} emits "${event.type}", which is not the start of the work it was just given`,
        {
          hint: "A colleague's machine emits { type: 'job.start', message } with the message that it is taking; a message that it cannot take waits by itself.",
        },
      )
    }
    const payload = { ask: envelopeOf(work), input: work.payload } satisfies JobStart
    return outgoing(stream, state, cause, context, id, {
      type: 'job.start',
      ...(work.kind === undefined ? {} : { kind: work.kind }),
      to: streamName.job(stream, work.id),
      payload: payload as unknown as Message['payload'],
      label: work.label,
      ...(work.approvals === undefined ? {} : { approvals: work.approvals }),
      ...(work.endorsements === undefined ? {} : { endorsements: work.endorsements }),
      ...(work.budget === undefined ? {} : { budget: work.budget }),
    })
  })
}
