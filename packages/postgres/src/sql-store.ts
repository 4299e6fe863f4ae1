import { partitionCount, type AppendResult, type Position, type Store } from '@roster/core'
import { appendArguments, type Entry } from './append/append-arguments.ts'
import { appendResults, type AnswerRow } from './append/append-answers.ts'
import { AppendQueue } from './append/append-queue.ts'
import { retried } from './append/retried.ts'
import { sqlBlobs, sqlSnapshots } from './caches.ts'
import type { Database } from './database.ts'
import { mapError } from './map-error.ts'
import { sqlOwnership } from './ownership.ts'
import { sqlPendingStore } from './pending/sql-pending-store.ts'
import { sqlTaskQueue } from './queue/sql-task-queue.ts'
import { sqlProjectionStore } from './projection/sql-projection-store.ts'
import { PartitionKeeper } from './record/partition-keeper.ts'
import { recordReader } from './record/record-reader.ts'
import { textArray } from './sql-array.ts'

/** A store in SQL. */
export interface SqlStore extends Store {
  /** Ends all leases, of partitions and of effects: for whoever knows that no other process can be living on one. */
  endLeases(): Promise<void>
}

/** Puts a store together over a database whose schema is up to date. */
export async function sqlStore(opened: Database, tenant: string): Promise<SqlStore> {
  const database = withMappedErrors(opened)
  await database.call('open_tenant', [tenant, partitionCount])
  const partitions = new PartitionKeeper(database)
  const reader = guarded(recordReader(database, tenant))
  const queue = new AppendQueue(
    retried(appendOnce, reader, () => partitions.extend()),
    database.appendsInFlight,
  )

  async function appendOnce(entries: readonly Entry[]): Promise<readonly AppendResult[]> {
    const [row] = await database.call<AnswerRow>('append', appendArguments(tenant, entries))
    const results = appendResults(row, entries)
    partitions.reached(lastPosition(results))
    return results
  }

  return {
    tenant,
    append: (requests) => queue.append(requests),
    ...reader,
    ...guarded(sqlPendingStore(database, tenant)),
    ...guarded(sqlTaskQueue(database, tenant)),
    ...sqlOwnership(database, tenant),
    ...guarded(sqlSnapshots(database, tenant)),
    ...guarded(sqlBlobs(database, tenant)),
    ...guarded(sqlProjectionStore(database, tenant, reader)),
    async revoke(streams) {
      await database.call('revoke_streams', [tenant, textArray(streams)])
    },
    async reinstate(streams) {
      await database.call('reinstate_streams', [tenant, textArray(streams)])
    },
    async endLeases() {
      await database.call('end_leases', [tenant])
    },
    async [Symbol.asyncDispose]() {
      await queue.idle()
      await partitions.idle()
      await opened.close()
    },
  }
}

function lastPosition(results: readonly AppendResult[]): Position {
  return results.reduce((last, result) => (result.kind === 'appended' ? Math.max(last, result.position) : last), 0)
}

function withMappedErrors(database: Database): Database {
  return {
    ...database,
    async call(name, args) {
      try {
        return await database.call(name, args)
      } catch (error) {
        throw mapError(error)
      }
    },
  }
}

/** The same methods; what a driver throws becomes a RosterError. */
function guarded<Part extends object>(part: Part): Part {
  const entries = Object.entries(part as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)
  return Object.fromEntries(
    entries.map(([name, method]) => [
      name,
      async (...args: readonly unknown[]) => {
        try {
          return await method(...args)
        } catch (error) {
          throw mapError(error)
        }
      },
    ]),
  ) as Part
}
