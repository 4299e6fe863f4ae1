import { mkdir } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { callText, type Database } from './database.ts'
import { mapError } from './map-error.ts'
import { migrate } from './migration/migrate.ts'
import { sqlStore, type SqlStore } from './sql-store.ts'
import type { Tables } from './tables.ts'

export interface PGliteStoreOptions {
  readonly tenant: string
  /** The folder that keeps the data; it is made when it does not exist. Without one, the store is in memory. */
  readonly dataDir?: string
  /** An instance that the caller keeps and closes, for several tenants in one. Its folder is then the caller's to guard. */
  readonly pglite?: PGlite
}

/**
 * The event store of one tenant in this process, in a folder or in memory.
 *
 * @throws RosterError `store-locked` when another process has the folder, and which.
 */
export async function pgliteStore({ tenant, dataDir, pglite }: PGliteStoreOptions): Promise<SqlStore> {
  try {
    if (dataDir !== undefined) await mkdir(dataDir, { recursive: true })
    const instance = pglite ?? (await PGlite.create(dataDir === undefined ? {} : { dataDir }))
    const database = pgliteDatabase(instance, async () => {
      if (pglite === undefined) await instance.close()
    })
    await migrate(database.kysely as unknown as Kysely<never>)
    return await sqlStore(database, tenant)
  } catch (error) {
    throw mapError(error)
  }
}

function pgliteDatabase(pglite: PGlite, close: () => Promise<void>): Database {
  return {
    kysely: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }).withSchema('roster'),
    async call<Row extends object>(name: string, args: readonly unknown[]) {
      const { rows } = await pglite.query<Row>(callText(name, args.length), [...args])
      return rows
    },
    close,
  }
}
