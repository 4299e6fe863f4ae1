import type { EventStore, Head, StoredRecord } from '@roster/core'
import type { Selectable } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'
import { recordColumns, storedRecord } from './record-row.ts'

/** Records that `readAll` answers when no limit is given. */
const defaultLimit = 1000

/** The reading half of the event store: plain selects, each in a snapshot of its own. */
export function recordReader({ kysely }: Database, tenant: string): Omit<EventStore, 'append'> {
  const records = kysely.selectFrom('records').select(recordColumns).where('tenant', '=', tenant)
  const heads = kysely
    .selectFrom('heads')
    .select(['stream', 'version', 'hash', 'final', 'revoked'])
    .where('tenant', '=', tenant)
    .where('version', '>', 0)
  return {
    async read(stream, { from = 1, to } = {}) {
      let query = records.where('stream', '=', stream).where('version', '>=', from)
      if (to !== undefined) query = query.where('version', '<=', to)
      return (await query.orderBy('version').execute()).map(storedRecord)
    },
    async readAll(after, limit = defaultLimit) {
      return (await records.where('position', '>', after).orderBy('position').limit(limit).execute()).map(storedRecord)
    },
    async head(stream) {
      const row = await heads.where('stream', '=', stream).executeTakeFirst()
      return row === undefined ? undefined : headOf(row)
    },
    async heads() {
      return (await heads.orderBy('stream').execute()).map(headOf)
    },
    async readCorrelated(correlationId) {
      return (await records.where('correlation_id', '=', correlationId).orderBy('position').execute()).map(storedRecord)
    },
    async readRecord(id): Promise<StoredRecord | undefined> {
      const row = await records.where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : storedRecord(row)
    },
  }
}

function headOf({
  stream,
  version,
  hash,
  final,
  revoked,
}: Omit<Selectable<Tables['heads']>, 'tenant' | 'partition'>): Head {
  return { stream, version: Number(version), hash, final, revoked }
}
