import { join } from 'node:path'

import type { Store } from '@roster/core'
import { pgliteStore, postgresStore } from '@roster/postgres'

/** Which store, and whether this process puts the team to work on it: then no other one may. */
export interface StoreChoice {
  readonly folder: string
  readonly tenant: string
  readonly databaseUrl: string | undefined
  readonly hosting: boolean
}

/** Opens the store of a folder, or of a PostgreSQL server if there is a URL. @throws RosterError `store-locked`, `store-unavailable` */
export async function openStore({ folder, tenant, databaseUrl, hosting }: StoreChoice): Promise<Store> {
  return databaseUrl === undefined
    ? await pgliteStore({ dataDir: storeFolder(folder), tenant })
    : await postgresStore({ connectionString: databaseUrl, tenant, exclusive: hosting })
}

/** Where a folder of state keeps its database. */
export function storeFolder(folder: string): string {
  return join(folder, 'store')
}
