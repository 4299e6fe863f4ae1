import { coordinatorContract, scheduleContract, type OpenCoordinator } from '@roster/testing'
import { describeWithServer, sharedServer } from '@roster/testing/servers'

import { postgresTenants } from './kit/postgres-tenant.ts'
import { openTemporal } from './kit/temporal-world.ts'

describeWithServer('temporal', 'on a Temporal server', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    const tenants = postgresTenants()
    const open: OpenCoordinator = async (parts) =>
      await openTemporal({ ...parts, store: await tenants.open(), address: (await sharedServer('temporal')).url })
    coordinatorContract('Temporal', open, { many: 100 })
    scheduleContract('Temporal', open)
  })
})
