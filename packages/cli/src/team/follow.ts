import { setTimeout as delay } from 'node:timers/promises'

import type { Operations, RecordSummary } from 'roster/client'

import { unlessInterrupted } from './interruptible.ts'

const lookMs = 250
const page = 500

export interface FollowQuery {
  /** Position after which to begin. */
  readonly after: number
  readonly stream?: string
  readonly task?: string
}

/** Records as they come, in order, without end; an interrupt is thrown. `undefined` says that nothing new is there just now. */
export async function* follow(
  operations: Pick<Operations, 'log'>,
  query: FollowQuery,
  signal: AbortSignal,
): AsyncGenerator<RecordSummary | undefined> {
  let { after } = query
  for (;;) {
    const records = await operations.log({ ...query, after, limit: page })
    for (const record of records) {
      after = record.position
      yield record
    }
    if (records.length > 0) continue
    yield undefined
    await unlessInterrupted(delay(lookMs), signal)
  }
}
