import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { callText, type Database } from '../database.ts'
import { mapError } from '../map-error.ts'
import { migrate } from '../migration/migrate.ts'
import { sqlStore, type SqlStore } from '../sql-store.ts'
import { arrayOids } from '../sql-array.ts'
import type { Tables } from '../tables.ts'
import { Housekeeping } from './housekeeping.ts'
import { openPGliteFolder, type PGliteFolder } from './pglite-folder.ts'

export interface PGliteStoreOptions {
  readonly tenant: string
  /** The folder that keeps the data; it is made when it does not exist. Without one, the store is in memory. */
  readonly dataDir?: string
  /**
   * Whether an append waits until it is on the disk, so that it survives a power cut and not only the death of the process. Costs one
   * flush a call of the database, a millisecond or so.
   * @defaultValue true
   */
  readonly fsync?: boolean
  /** An instance that the caller keeps and closes, for several tenants in one. Its folder is then the caller's to guard. */
  readonly pglite?: PGlite
}

/**
 * The event store of one tenant in this process, in a folder or in memory. The folder is this process's alone, so leases of whoever had it
 * before are over when it is opened.
 *
 * @throws RosterError `store-locked` when another process has the folder, and which.
 */
export async function pgliteStore({ tenant, dataDir, fsync = true, pglite }: PGliteStoreOptions): Promise<SqlStore> {
  try {
    if (pglite !== undefined) return await storeIn(givenInstance(pglite), tenant)
    if (dataDir === undefined) return await storeIn(inMemory(await PGlite.create()), tenant)
    const store = await storeIn(await openPGliteFolder(dataDir, fsync), tenant)
    await store.endLeases()
    return store
  } catch (error) {
    throw mapError(error)
  }
}

async function storeIn(folder: PGliteFolder, tenant: string): Promise<SqlStore> {
  const housekeeping = new Housekeeping(folder.pglite)
  const database: Database = {
    kysely: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: folder.pglite }) }).withSchema('roster'),
    async call<Row extends object>(name: string, args: readonly unknown[]) {
      const { rows } = await folder.pglite.query<Row>(callText(name, args.length), [...args], { serializers })
      housekeeping.wrote()
      return rows
    },
    async close() {
      await housekeeping.idle()
      await folder.close()
    },
  }
  try {
    await migrate(database.kysely as unknown as Kysely<never>)
    await folder.complete()
    return await sqlStore(database, tenant)
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Arrays come in binary already; PGlite sends bytes as they are. */
const serializers = Object.fromEntries(
  arrayOids.map((oid) => [oid, (array: Uint8Array) => array]),
) as unknown as Record<number, (value: unknown) => string>

function inMemory(pglite: PGlite): PGliteFolder {
  return { pglite, complete: () => Promise.resolve(), close: () => pglite.close() }
}

function givenInstance(pglite: PGlite): PGliteFolder {
  return { pglite, complete: () => Promise.resolve(), close: () => Promise.resolve() }
}
