import { storeContract } from '@roster/testing'
import { describeWithServer, freshDatabase, type FreshDatabase } from '@roster/testing/servers'
import { afterAll, beforeAll } from 'vitest'
import { postgresStore } from '../src/index.ts'

for (const server of ['postgres', 'system-postgres'] as const) {
  describeWithServer(server, `on ${server}`, () => {
    let database: FreshDatabase
    let tenants = 0
    beforeAll(async () => {
      database = await freshDatabase({ server })
    })
    afterAll(() => database[Symbol.asyncDispose]())

    storeContract(
      'PostgreSQL',
      async () => {
        const options = { connectionString: database.url, tenant: `tenant-${tenants++}` }
        const store = await postgresStore(options)
        return {
          store,
          revoke: (streams) => store.revoke(streams),
          another: () => postgresStore({ ...options, migrate: false }),
        }
      },
      {
        capabilities: {
          'concurrent-writers': true,
          roles: 'tested in roles.int.test.ts',
          'power-loss': 'the power of a test machine cannot be cut',
        },
      },
    )
  })
}
