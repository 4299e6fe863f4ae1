import { join } from 'node:path'

import type { Store } from '@roster/core'
import { pgliteStore, postgresStore } from '@roster/postgres'

/** Opens the store of a folder, or of a PostgreSQL server if there is a URL. @throws RosterError `store-locked`, `store-unavailable` */
export async function openStore(folder: string, tenant: string, databaseUrl: string | undefined): Promise<Store> {
  return databaseUrl === undefined
    ? await pgliteStore({ dataDir: storeFolder(folder), tenant })
    : await postgresStore({ connectionString: databaseUrl, tenant })
}

/** Where a folder of state keeps its database. */
export function storeFolder(folder: string): string {
  return join(folder, 'store')
}
