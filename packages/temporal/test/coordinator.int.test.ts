import { coordinatorContract } from '@roster/testing'
import { describeWithServer, sharedServer } from '@roster/testing/servers'

import { openTemporal } from './kit/temporal-world.ts'

describeWithServer('temporal', 'on a Temporal server', () => {
  coordinatorContract(
    'Temporal',
    async (parts) => await openTemporal({ ...parts, address: (await sharedServer('temporal')).url }),
    { many: 100 },
  )
})
