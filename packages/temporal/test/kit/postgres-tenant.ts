import { randomUUID } from 'node:crypto'

import { postgresStore } from '@roster/postgres'
import type { Store } from '@roster/core'
import { freshDatabase, type FreshDatabase } from '@roster/testing/servers'
import { afterAll, beforeAll } from 'vitest'

/** A database for the tests of a file; each store is a tenant of its own. */
export function postgresTenants(): { readonly url: () => string; readonly open: (tenant?: string) => Promise<Store> } {
  let database: FreshDatabase | undefined
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(async () => {
    await database?.[Symbol.asyncDispose]()
  })
  const url = (): string => database?.url ?? ''
  return {
    url,
    open: async (tenant = randomUUID()) => await postgresStore({ connectionString: url(), tenant, maxConnections: 4 }),
  }
}
