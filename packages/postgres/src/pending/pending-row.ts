import type { Pending, PendingKind } from '@roster/core'
import type { Selectable } from 'kysely'
import type { Int8, Tables } from '../tables.ts'

/** A pending row as it is read. */
export function pendingOfRow(row: Selectable<Tables['pending']>): Pending {
  return {
    id: row.id,
    kind: row.kind as PendingKind,
    stream: row.stream,
    sender: row.sender,
    type: row.type,
    control: row.control,
    dueAt: numberOrNull(row.due_at),
    expiresAt: numberOrNull(row.expires_at),
    body: row.body,
    lease: row.lease_token === null ? null : { token: row.lease_token, ms: Number(row.lease_ms) },
    seq: Number(row.seq),
    partition: row.partition,
    attempts: row.attempts,
    deliveredAt: numberOrNull(row.delivered_at),
    insertedAt: Number(row.inserted_at),
  }
}

function numberOrNull(value: Int8 | null): number | null {
  return value === null ? null : Number(value)
}
