import type { AnyEventObject } from 'xstate'

import { RosterError } from '../error/roster-error.ts'
import { envelopeOf, type Message, type MessageEnvelope } from '../message/message.ts'
import { streamName } from '../stream/stream-name.ts'
import type { Definition } from './definition.ts'
import { outgoing, type Moment } from './moment.ts'

/** What starts a job: who asked, and the content, which the colleague itself never sees. */
export interface JobStart {
  readonly ask: MessageEnvelope
  readonly input: Message['payload']
}

/** The jobs that a colleague's machine starts with `emit({ type: 'job.start', message })`. */
export function startedJobs(
  { kind }: Definition,
  moment: Moment,
  emitted: readonly AnyEventObject[],
): readonly Message[] {
  const { stream, cause } = moment
  const work = cause.source === 'message' && cause.message.type === 'work' ? cause.message : undefined
  return emitted.map((event, index) => {
    const message = event['message'] as MessageEnvelope | undefined
    if (
      kind !== 'colleague' ||
      event.type !== 'job.start' ||
      message?.id !== work?.id ||
      index > 0 ||
      work === undefined
    ) {
      throw notTheWork(stream, event.type)
    }
    return jobStart(moment, work)
  })
}

function jobStart(moment: Moment, work: Message): Message {
  const payload = { ask: envelopeOf(work), input: work.payload } satisfies JobStart
  const { kind, label, approvals, endorsements, budget } = work
  return outgoing(moment, {
    type: 'job.start',
    to: streamName.job(moment.stream, work.id),
    payload: payload as unknown as Message['payload'],
    label,
    ...(kind === undefined ? {} : { kind }),
    ...(approvals === undefined ? {} : { approvals }),
    ...(endorsements === undefined ? {} : { endorsements }),
    ...(budget === undefined ? {} : { budget }),
  })
}

function notTheWork(stream: string, type: string): RosterError {
  return new RosterError(
    'not-durable',
    `${stream} emits "${type}", which is not the start of the work it was just given`,
    {
      hint: "A colleague's machine emits { type: 'job.start', message } once, with the message that it is taking; a message that it cannot take waits by itself.",
    },
  )
}
