import { parseStream } from '@roster/core'

import type { Order } from '../team.ts'
import type { Evidence, Read } from './evidence.ts'

/** Every order that was accepted is one task, which ends; whatever a record caused was taken or withdrawn; every colleague is free again. */
export function nothingLost({ records, heads, pending, clients }: Evidence): readonly string[] {
  const final = new Set(heads.filter((head) => head.final).map(({ stream }) => stream))
  const tasks = records.filter(({ envelope }) => envelope.version === 1 && parseStream(envelope.stream).kind === 'task')
  const problems: string[] = []
  for (const { accepted, order } of clients) {
    const own = tasks.filter((task) => orderOf(task) === order.order)
    if (!accepted) problems.push(`nobody said that ${order.order} was accepted`)
    if (own.length !== 1) problems.push(`${order.order} is ${own.length} tasks`)
    for (const { envelope } of own) if (!final.has(envelope.stream)) problems.push(`${order.order} has not ended`)
  }
  for (const { id, kind, type, stream } of pending)
    problems.push(`the ${kind} ${id} (${type}) for ${stream} is still pending`)
  return [...problems, ...unfree(records), ...missing(records, new Set(pending.map(({ id }) => id)))]
}

/** Which order a task's first record is about. */
export function orderOf({ body }: Read): string {
  const { message } = body.payload as unknown as { message: { payload: Order } }
  return message.payload.order
}

function missing(records: readonly Read[], pending: ReadonlySet<string>): readonly string[] {
  const ended = new Set(records.flatMap(({ envelope }) => [envelope.cause.id, ...envelope.cancelled]))
  const caused = records.flatMap(({ envelope }) => [...envelope.sent, ...envelope.timers, ...envelope.effects])
  return caused.filter(({ id }) => !ended.has(id) && !pending.has(id)).map(({ id }) => `${id} was recorded and is gone`)
}

/** Colleagues who count a job as open that has ended: they would take one piece of work less, for ever. */
function unfree(records: readonly Read[]): readonly string[] {
  const open = new Map<string, number>()
  for (const { envelope } of records) {
    const { stream, cause, sent } = envelope
    const change = sent.filter(({ type }) => type === 'job.start').length - (cause.type === 'job.ended' ? 1 : 0)
    open.set(stream, (open.get(stream) ?? 0) + change)
  }
  return [...open]
    .filter(([, count]) => count !== 0)
    .map(([stream, count]) => `${stream} counts ${count} more jobs than it has`)
}
