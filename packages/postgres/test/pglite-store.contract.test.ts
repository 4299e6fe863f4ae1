import { PGlite } from '@electric-sql/pglite'
import { storeContract } from '@roster/testing'
import { afterAll } from 'vitest'
import { pgliteStore } from '../src/index.ts'

const pglite = await PGlite.create()
afterAll(() => pglite.close())
let tenants = 0

storeContract(
  'PGlite',
  async () => {
    const store = await pgliteStore({ pglite, tenant: `tenant-${tenants++}` })
    return { store }
  },
  {
    capabilities: {
      'concurrent-writers': 'one process holds the folder, on one connection',
      roles: 'whoever has the folder is its superuser',
      'power-loss': 'it does not fsync',
    },
  },
)
