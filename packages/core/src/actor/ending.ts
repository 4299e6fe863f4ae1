import type { Message } from '../message/message.ts'
import { trusted } from '../message/label.ts'
import { parseStream, streamName } from '../stream/stream-name.ts'
import type { ActorState } from './actor.ts'
import { outgoing, type Moment } from './moment.ts'
import type { Outcome } from './outcome.ts'

/** Cancellations of the asks that were open before and are no longer wanted. */
export function withdrawals(moment: Moment, next: ActorState): readonly Message[] {
  return inOrder(moment.state.open)
    .filter(([child, open]) => open.to !== undefined && next.open[child]?.cause !== open.cause)
    .map(([, { to = '', cause }]) =>
      outgoing(moment, { type: 'cancel', to: streamName.job(to, cause), payload: { ask: cause } }),
    )
}

/** What an actor's last record sends: the answer to whoever asked, and `job.ended`, without content, to the job's colleague. */
export function answers(moment: Moment, outcome: Outcome): readonly Message[] {
  const { origin } = moment.state
  if (origin === null) return []
  const messages: Message[] = []
  if (parseStream(origin.replyTo).kind !== 'client') {
    messages.push(
      outgoing(moment, { type: 'reply', to: origin.replyTo, inReplyTo: origin.askId, ...contentOf(outcome) }),
    )
  }
  const { kind, base } = parseStream(moment.stream)
  if (kind === 'job') {
    const payload = { job: origin.askId, how: outcome.status }
    // Without content: no label, approval or endorsement of the job reaches the colleague either.
    const bare = { ...moment.state, label: trusted, approvals: [], endorsements: [] }
    messages.push(outgoing({ ...moment, state: bare }, { type: 'job.ended', to: base, payload }))
  }
  return messages
}

function contentOf(outcome: Outcome): Pick<Message, 'payload' | 'error'> {
  return outcome.status === 'done' ? { payload: outcome.output } : { payload: null, error: outcome.error }
}

/**
 * Ids of the pending rows that belong to what was open before and is not any more. An ask that nobody has taken yet is withdrawn with its
 * row.
 */
export function pointless(before: ActorState, next: ActorState): readonly string[] {
  const kept = new Set(causesOf(next))
  return causesOf(before).filter((id) => !kept.has(id))
}

function causesOf({ open, timers }: ActorState): readonly string[] {
  return [...inOrder(open).map(([, { cause }]) => cause), ...inOrder(timers).map(([, id]) => id)]
}

/** Entries by name: the order in which they were made is not kept, and the ids of what is sent follow from the order. */
function inOrder<V>(members: Readonly<Record<string, V>>): readonly (readonly [string, V])[] {
  return Object.entries(members).toSorted(([one], [other]) => (one < other ? -1 : 1))
}
