import type { Operations, RecordSummary, TaskSummary } from 'roster/client'
import type { DeskEvent } from './desk-event.ts'
import { hasEnded, outcomeWord, whyOf, type Work } from './work.ts'

type Envelope = RecordSummary['envelope']

/** What a record of one of these tasks tells: who does what, what was denied, how it ended. */
export async function eventsOf(
  operations: Operations,
  { incoming, task }: Work,
  envelope: Envelope,
): Promise<readonly DeskEvent[]> {
  const at = { task, document: incoming.name }
  return [...denials(envelope, at), ...progress(envelope, at), ...(await endings(operations, envelope, at))]
}

interface Place {
  readonly task: string
  readonly document: string
}

function denials({ decisions, who }: Envelope, at: Place): DeskEvent[] {
  return decisions
    .filter(({ allowed }) => !allowed)
    .map(({ principal, action, resource, reason, policies }) => {
      return { type: 'denial', ...at, who: principal || who.colleague, action, what: resource, reason, policies }
    })
}

/** A job that begins or ends says who is on it; the playbook's own record says where the task is. */
function progress({ stream, version, outcome, after, cause, who }: Envelope, at: Place): DeskEvent[] {
  if (stream.includes('/job/')) {
    if (version === 1) return [{ type: 'progress', ...at, who: who.colleague, does: cause.kind ?? 'works' }]
    return outcome === undefined ? [] : [{ type: 'progress', ...at, who: who.colleague, does: '' }]
  }
  return isTask(stream) && outcome === undefined
    ? [{ type: 'progress', ...at, who: 'playbook', does: stateText(after) }]
    : []
}

async function endings(operations: Operations, { stream, outcome }: Envelope, at: Place): Promise<DeskEvent[]> {
  if (!isTask(stream) || outcome === undefined) return []
  return [outcomeEvent(await operations.task(at.task), at)]
}

function outcomeEvent(summary: TaskSummary, at: Place): DeskEvent {
  const { status, error } = summary
  return { type: 'outcome', ...at, status, outcome: outcomeWord(summary), why: whyOf(summary), error }
}

/** What is to be told of a task that was there before this run. */
export function eventOfKnown(summary: TaskSummary, { incoming, task }: Work): DeskEvent {
  const at = { task, document: incoming.name }
  if (hasEnded(summary)) return outcomeEvent(summary, at)
  return { type: 'progress', ...at, who: 'playbook', does: stateText(summary.state) }
}

function isTask(stream: string): boolean {
  return stream.includes('/task/')
}

/** A state value in words: `{ approving: 'controller' }` is `approving.controller`. */
export function stateText(state: unknown): string {
  if (typeof state !== 'object' || state === null) return String(state)
  return Object.entries(state)
    .map(([parent, child]) => `${parent}.${stateText(child)}`)
    .join(' and ')
}
