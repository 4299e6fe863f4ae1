import { isRosterError, RosterError, type AppendResult, type EventStore } from '@roster/core'
import type { AppendCall } from './append-queue.ts'
import type { Entry } from './append-arguments.ts'

/** Waits before each further attempt, in milliseconds. A restart of the server takes longer; callers see `store-unavailable` then. */
const pauses = [20, 100, 500]

/**
 * Retries a call that failed as a whole.
 *
 * - R1 a failure that would be the same again (text that cannot be stored) is not retried
 * - R2 after a failure whose outcome is unknown, what was stored is answered as appended: a record is known by its id
 * - R3 a missing partition of `records` is made, then the call is repeated
 */
export function retried(
  call: AppendCall,
  { readRecord }: Pick<EventStore, 'readRecord'>,
  extend: () => Promise<void>,
): AppendCall {
  return async (entries) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return attempt === 0 ? await call(entries) : await callForTheRest(entries)
      } catch (error) {
        const pause = pauses[attempt]
        if (pause === undefined || !isRetryable(error)) throw error
        if (lacksPartition(error)) await extend()
        else await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }

  /** One transaction stored all or nothing, so one record tells of them all. */
  async function callForTheRest(entries: readonly Entry[]): Promise<readonly AppendResult[]> {
    const stored = await Promise.all(entries.map(({ request }) => readRecord(request.record.id)))
    const rest = entries.filter((_, index) => stored[index] === undefined)
    const results = rest.length === 0 ? [] : await call(rest)
    let next = 0
    return stored.map((record) => {
      const result =
        record === undefined
          ? results[next++]
          : { kind: 'appended' as const, version: record.version, position: record.position }
      if (result === undefined)
        throw new RosterError('internal', 'the database answers fewer appends than it was asked for')
      return result
    })
  }
}

function isRetryable(error: unknown): boolean {
  return isRosterError(error) && (error.retryable || lacksPartition(error))
}

/** "no partition of relation found for row" */
function lacksPartition(error: unknown): boolean {
  return (
    isRosterError(error) &&
    typeof error.cause === 'object' &&
    error.cause !== null &&
    'code' in error.cause &&
    error.cause.code === '23514'
  )
}
