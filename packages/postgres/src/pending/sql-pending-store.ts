import type { PendingStore } from '@roster/core'
import { sql } from 'kysely'
import { amountsOf } from '../append/append-arguments.ts'
import type { Database } from '../database.ts'
import type { Int8 } from '../tables.ts'
import { placeColumns, taskColumns } from '../queue/sql-task-queue.ts'
import { int8Array, textArray } from '../sql-array.ts'
import { budgetReader } from './budget-reader.ts'
import { pendingColumns } from './pending-columns.ts'
import { pendingOfRow } from './pending-row.ts'

/** Rows that `pendingIn` answers when no limit is given. */
const defaultLimit = 1000

interface Accepted {
  readonly kind: 'accepted' | 'duplicate'
  readonly answer: string
}

/** Pending rows and what came from outside. */
export function sqlPendingStore(database: Database, tenant: string): PendingStore {
  const { kysely } = database
  // The collation of the indexes by stream and by partition: see 0001-tables.ts.
  const ofTenant = sql<boolean>`tenant collate "POSIX" = ${tenant}`
  const rows = kysely.selectFrom('pending').selectAll().where(ofTenant)
  return {
    async accept({ client, key, answer, pending, grant, queue }) {
      const granted = [grant?.budget ?? null, int8Array(amountsOf(grant?.amounts))]
      const given = [tenant, client, key, answer, ...granted]
      const [task] = pending
      const [row] =
        queue === undefined || task === undefined
          ? await database.call<Accepted>('accept', [...given, ...pendingColumns(pending)])
          : await database.call<Accepted>('accept_task', [...given, ...placeColumns(queue), ...taskColumns(task)])
      return { kind: row?.kind ?? 'accepted', answer: row?.answer ?? answer }
    },
    async pendingOf(stream) {
      return (await rows.where('stream', '=', stream).orderBy('control', 'desc').orderBy('seq').execute()).map(
        pendingOfRow,
      )
    },
    async pendingIn(partitions, { dueBy, after = 0, limit = defaultLimit }) {
      if (partitions.length === 0) return []
      const found = await rows
        .where('partition', 'in', partitions)
        .where('seq', '>', after)
        .where((row) =>
          row.or([
            row('kind', '=', 'message'),
            row.and([row('kind', '=', 'timer'), row('due_at', '<=', dueBy)]),
            row.and([
              row('kind', '=', 'effect'),
              row.or([row('lease_until', 'is', null), row('lease_until', '<=', sql<number>`roster.now_ms()`)]),
            ]),
          ]),
        )
        .orderBy('seq')
        .limit(limit)
        .execute()
      return found.map(pendingOfRow)
    },
    async overdue({ ageMs, notedAgeMs, after = 0, limit = defaultLimit }) {
      const found = await rows
        .where('kind', '=', 'message')
        .where('seq', '>', after)
        .where((row) =>
          row.or([
            row.and([
              row('delivered_at', 'is', null),
              row('inserted_at', '<=', sql<number>`roster.now_ms() - ${ageMs}`),
            ]),
            row('delivered_at', '<=', sql<number>`roster.now_ms() - ${notedAgeMs}`),
          ]),
        )
        .orderBy('seq')
        .limit(limit)
        .execute()
      return found.map(pendingOfRow)
    },
    async mailboxes() {
      const found = await kysely
        .selectFrom('pending')
        .select(({ fn }) => [
          'stream',
          fn.countAll<Int8>().as('messages'),
          sql<Int8>`greatest(0, roster.now_ms() - min(inserted_at))`.as('oldest_ms'),
        ])
        .where(ofTenant)
        .where('kind', '=', 'message')
        .groupBy('stream')
        .orderBy('messages', 'desc')
        .orderBy('stream')
        .execute()
      return found.map(({ stream, messages, oldest_ms: oldestMs }) => ({
        stream,
        messages: Number(messages),
        oldestMs: Number(oldestMs),
      }))
    },
    async pendingBefore(ids) {
      if (ids.length === 0) return []
      const older = await kysely
        .selectFrom('pending as older')
        .innerJoin('pending as row', (join) =>
          join
            .on(sql<boolean>`older.tenant collate "POSIX" = ${tenant}`)
            .onRef('older.stream', '=', 'row.stream')
            .onRef('older.sender', '=', 'row.sender')
            .onRef('older.seq', '<', 'row.seq'),
        )
        .select('older.id')
        .distinct()
        .where('row.tenant', '=', tenant)
        .where('row.id', 'in', ids)
        .where('row.kind', '=', 'message')
        .where('older.kind', '=', 'message')
        .execute()
      return older.map(({ id }) => id)
    },
    async nextTimer(partitions) {
      if (partitions.length === 0) return null
      const row = await kysely
        .selectFrom('pending')
        .select((due) => due.fn.min('due_at').as('due_at'))
        .where(ofTenant)
        .where('partition', 'in', partitions)
        .where('kind', '=', sql.lit('timer'))
        .executeTakeFirst()
      const dueAt = row?.due_at ?? null
      return dueAt === null ? null : Number(dueAt)
    },
    async countAttempts(ids) {
      const counted = await database.call<{ id: string; attempts: number }>('add_attempts', [tenant, textArray(ids), 1])
      return new Map(counted.map(({ id, attempts }) => [id, attempts]))
    },
    async returnAttempts(ids) {
      await database.call('add_attempts', [tenant, textArray(ids), -1])
    },
    async markDelivered(ids) {
      await database.call('mark_delivered', [tenant, textArray(ids)])
    },
    async leaseEffects(ids, token, ms) {
      return (await database.call<{ id: string }>('lease_effects', [tenant, textArray(ids), token, ms])).map(
        ({ id }) => id,
      )
    },
    async markAttempted(id, token) {
      const [row] = await database.call<{ mark_attempted: 'first' | 'again' | 'fenced' }>('mark_attempted', [
        tenant,
        id,
        token,
      ])
      return row?.mark_attempted ?? 'fenced'
    },
    budget: budgetReader(database, tenant),
  }
}
