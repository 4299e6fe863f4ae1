import type { Approval } from '../approval/approval.ts'
import type { Json } from '../json/json.ts'
import type { Message } from '../message/message.ts'
import { parseStream, streamName, type StreamName } from '../stream/stream-name.ts'
import type { ActorState } from './actor.ts'
import type { Identify } from './identity.ts'
import type { Outcome } from './outcome.ts'
import { outgoing } from './outgoing.ts'
import type { StepContext } from './step.ts'
import type { Stimulus } from './stimulus.ts'

/** Cancellations of the asks that were open before and are no longer wanted. */
// oxlint-disable-next-line max-params -- the step's own parts, passed on once
export function withdrawals(
  stream: StreamName,
  before: ActorState,
  next: ActorState,
  cause: Stimulus,
  context: StepContext,
  id: Identify,
): readonly Message[] {
  return Object.entries(before.open)
    .filter(([child, open]) => open.to !== undefined && next.open[child]?.cause !== open.cause)
    .map(([, open]) =>
      outgoing(stream, before, cause, context, id, {
        type: 'cancel',
        to: streamName.job(open.to ?? '', open.cause),
        payload: { ask: open.cause },
      }),
    )
}

/** What an actor's last record sends: the answer to whoever asked, and `job.ended`, without content, to the job's colleague. */
// oxlint-disable-next-line max-params -- the step's own parts, passed on once
export function answers(
  stream: StreamName,
  state: ActorState,
  outcome: Outcome,
  cause: Stimulus,
  context: StepContext,
  id: Identify,
): readonly Message[] {
  const { origin } = state
  if (origin === null) return []
  const messages: Message[] = []
  if (parseStream(origin.replyTo).kind !== 'client') {
    messages.push(
      outgoing(stream, state, cause, context, id, {
        type: 'reply',
        to: origin.replyTo,
        inReplyTo: origin.askId,
        ...replyOf(outcome),
      }),
    )
  }
  const { kind, base } = parseStream(stream)
  if (kind === 'job') {
    const payload = { job: origin.askId, how: outcome.status }
    messages.push({
      ...outgoing(stream, state, cause, context, id, { type: 'job.ended', to: base, payload }),
      label: { integrity: 'trusted', sources: [] },
    })
  }
  return messages
}

function replyOf(outcome: Outcome): {
  payload: Json
  error?: Message['error'] & object
  approvals?: readonly Approval[]
} {
  return outcome.status === 'done' ? { payload: outcome.output } : { payload: null, error: outcome.error }
}

/** Ids of the pending rows that belong to what was open before and is not any more. An ask that nobody has taken yet is withdrawn with its row. */
export function pointless(before: ActorState, next: ActorState): readonly string[] {
  const kept = new Set([...Object.values(next.open).map(({ cause }) => cause), ...Object.values(next.timers)])
  return [...Object.values(before.open).map(({ cause }) => cause), ...Object.values(before.timers)].filter(
    (id) => !kept.has(id),
  )
}
