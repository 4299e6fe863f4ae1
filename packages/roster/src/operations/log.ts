import type { Envelope, StoredRecord } from '@roster/core'

import type { Operations, RecordSummary } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'

/** Records in the tenant's order, of one stream or one task if asked. */
export async function log(
  { store }: OperationsContext,
  query: Parameters<Operations['log']>[0] = {},
): Promise<readonly RecordSummary[]> {
  const { after = 0, limit = 1000, stream, task } = query
  const records =
    task !== undefined
      ? await store.readCorrelated(task)
      : stream !== undefined
        ? await store.read(stream)
        : await store.readAll(after, limit)
  return records
    .filter(({ position }) => position > after)
    .slice(0, limit)
    .map(summaryOf)
}

function summaryOf({ position, envelope, hash }: StoredRecord): RecordSummary {
  return { position, envelope: JSON.parse(envelope) as Envelope, hash }
}
