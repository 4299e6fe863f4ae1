import { storeContract } from '@roster/testing'
import { describeWithServer, freshDatabase, type FreshDatabase } from '@roster/testing/servers'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { postgresStore } from '../src/index.ts'
import { attacks, makeWriter } from './attacks.ts'

for (const server of ['postgres', 'system-postgres'] as const) {
  describeWithServer(server, `on ${server}`, () => {
    const login = `contract_${Math.trunc(performance.timeOrigin)}_${server.replace('-', '_')}`
    let database: FreshDatabase
    let admin: pg.Pool
    let writer: pg.Pool
    let tenants = 0
    beforeAll(async () => {
      database = await freshDatabase({ server })
      admin = new pg.Pool({ connectionString: database.url, max: 1 })
      admin.on('error', () => {})
      await postgresStore({ pool: admin, tenant: 'first' })
      writer = await makeWriter(admin, database.url, login)
    })
    afterAll(async () => {
      await writer.end()
      await admin.query(`drop owned by ${login}; drop role ${login}`)
      await database[Symbol.asyncDispose]()
      await admin.end()
    })

    storeContract(
      'PostgreSQL',
      async () => {
        const tenant = `tenant-${tenants++}`
        const store = await postgresStore({ pool: writer, tenant, migrate: false })
        return {
          store,
          another: () => postgresStore({ connectionString: database.url, tenant }),
          forbidden: () => attacks.map(([what, sql]) => [what, () => writer.query(sql)] as const),
        }
      },
      {
        capabilities: {
          'concurrent-writers': true,
          roles: true,
          'power-loss':
            'PostgreSQL waits for the disk, but the power of a test machine cannot be cut; see postgres-kill.int.test.ts',
        },
      },
    )
  })
}
