import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { callText, type Database } from '../database.ts'
import { mapError } from '../map-error.ts'
import { migrate } from '../migration/migrate.ts'
import { sqlStore, type SqlStore } from '../sql-store.ts'
import { arrayOids } from '../sql-array.ts'
import type { Tables } from '../tables.ts'
import { Housekeeping } from './housekeeping.ts'
import { PGliteGate } from './pglite-gate.ts'
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
    if (dataDir === undefined)
      return await storeIn(withoutFolder(pglite ?? (await PGlite.create()), pglite === undefined), tenant)
    const store = await storeIn(await openPGliteFolder(dataDir, fsync), tenant)
    await store.endLeases()
    return store
  } catch (error) {
    throw mapError(error)
  }
}

async function storeIn(folder: PGliteFolder, tenant: string): Promise<SqlStore> {
  const housekeeping = new Housekeeping(folder.gate)
  const database: Database = {
    appendsInFlight: 1,
    kysely: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: folder.gate }) }).withSchema('roster'),
    async call<Row extends object>(name: string, args: readonly unknown[]) {
      const { rows } = await folder.gate.query<Row>(callText(name, args.length), [...args], { serializers })
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

function withoutFolder(pglite: PGlite, isOurs: boolean): PGliteFolder {
  const gate = new PGliteGate(pglite)
  return { gate, complete: () => Promise.resolve(), close: () => (isOurs ? gate.close() : Promise.resolve()) }
}
