import {
  parseStream,
  type Body,
  type DueTime,
  type Envelope,
  type Message,
  type Projection,
  type Schedule,
  type SkipReason,
  type Store,
} from '@roster/core'

/** A schedule as the records tell of it. Key: `schedule/<name>`. */
export interface ScheduleRow extends Schedule {
  /** Who made it: its tasks are published in their name. */
  readonly by: string
  readonly createdAt: number
  readonly paused: boolean
  /** What was decided about all times up to this one. */
  readonly handledTo: number
  /** The last time for which a task was to be published. */
  readonly last: { readonly at: number; readonly task: string } | null
  /** Times for which nothing was published, and the last of them. */
  readonly skipped: number
  readonly lastSkip: { readonly at: number; readonly because: SkipReason } | null
}

/** All schedules that there are: a fold over the team's stream. */
const schedulesView: Projection = {
  name: 'schedules',
  version: 1,
  keys: (record) => {
    const noted = record.envelope.includes('"schedule.') ? orderIn(record) : undefined
    return noted === undefined ? [] : [keyOf(noted.name)]
  },
  apply(record, view) {
    const order = orderIn(record)
    if (order === undefined) return
    const kept = view.get(keyOf(order.name))
    const after = scheduleAfter(kept === undefined ? undefined : (JSON.parse(kept) as ScheduleRow), order)
    if (after === undefined) view.delete(keyOf(order.name))
    else view.put(keyOf(order.name), JSON.stringify(after))
  },
}

/** All schedules by name. */
export async function schedulesIn(store: Pick<Store, 'catchUp' | 'rows'>): Promise<readonly ScheduleRow[]> {
  await store.catchUp(schedulesView)
  return (await store.rows(schedulesView.name, keyOf(''))).map(({ value }) => JSON.parse(value) as ScheduleRow)
}

function keyOf(name: string): string {
  return `schedule/${name}`
}

/** What a record says about a schedule. */
interface Noted {
  readonly name: string
  readonly message: Message
  readonly at: number
}

function orderIn({ envelope, body }: { readonly envelope: string; readonly body: string | null }): Noted | undefined {
  const { kind, stream, cause, at } = JSON.parse(envelope) as Envelope
  if (kind !== 'noted' || parseStream(stream).kind !== 'team' || !cause.type.startsWith('schedule.')) return undefined
  if (body === null) return undefined
  const { message } = (JSON.parse(body) as Body).payload as unknown as { readonly message: Message }
  return { name: (message.payload as unknown as Pick<Schedule, 'name'>).name, message, at }
}

function scheduleAfter(before: ScheduleRow | undefined, { message, at }: Noted): ScheduleRow | undefined {
  const { type, sender, payload } = message
  if (type === 'schedule.create')
    return {
      ...(payload as unknown as Schedule),
      by: parseStream(sender).name,
      createdAt: at,
      paused: false,
      handledTo: at,
      last: null,
      skipped: 0,
      lastSkip: null,
    }
  if (before === undefined || type === 'schedule.delete') return undefined
  if (type === 'schedule.pause') return { ...before, paused: true }
  // What fell into the pause is not made up for.
  if (type === 'schedule.resume') return { ...before, paused: false, handledTo: Math.max(before.handledTo, at) }
  return dealtWith(before, payload as unknown as DueTime)
}

function dealtWith(row: ScheduleRow, { at, task, because, times }: DueTime): ScheduleRow {
  const handledTo = Math.max(row.handledTo, at)
  if (task !== null) return { ...row, handledTo, last: { at, task } }
  return { ...row, handledTo, skipped: row.skipped + times, lastSkip: { at, because: because ?? 'overlap' } }
}
