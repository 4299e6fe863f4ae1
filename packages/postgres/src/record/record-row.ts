import type { RecordKind, StoredRecord } from '@roster/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

export const recordColumns = [
  'position',
  'stream',
  'version',
  'id',
  'correlation_id',
  'kind',
  'at',
  'envelope',
  'body',
  'salt',
  'previous_hash',
  'hash',
] as const

/** A record as it is read. */
export function storedRecord(row: Pick<Selectable<Tables['records']>, (typeof recordColumns)[number]>): StoredRecord {
  return {
    id: row.id,
    stream: row.stream,
    version: Number(row.version),
    position: Number(row.position),
    correlationId: row.correlation_id,
    kind: row.kind as RecordKind,
    at: Number(row.at),
    envelope: row.envelope,
    body: row.body,
    salt: row.salt,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}
