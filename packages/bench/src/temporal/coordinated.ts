import { postgresStore } from '@roster/postgres'
import { Admission, CoordinatedTasks, TaskCourier, type IntakePorts } from '@roster/runtime'
import { connectTemporal, taskWorker, TemporalStarter } from '@roster/temporal'
import type { Client } from '@temporalio/client'

import { hosted } from '../world/host.ts'
import { bundle } from './bundle.ts'
import { fourPolicy, fourTeam } from './team.ts'

/** Where a subject over Temporal is. */
export interface CoordinatedOptions {
  readonly url: string
  readonly address: string
  readonly taskQueue: string
  /** Whether the colleague works here too. @defaultValue true */
  readonly hosts?: boolean
}

/** The team at work over Temporal, in this process: host, worker and courier. */
export async function coordinated({
  url,
  address,
  taskQueue,
  hosts = true,
}: CoordinatedOptions): Promise<{ readonly intake: IntakePorts; readonly client: Client }> {
  const store = await postgresStore({ connectionString: url, tenant: 'bench' })
  const { client, connection } = await connectTemporal({ address })
  const starter = new TemporalStarter({ client, team: fourTeam, taskQueue })
  const courier = new TaskCourier({ starter, late: () => Promise.resolve(0) })
  const { intake, host } = await hosted({ store, team: fourTeam, policy: fourPolicy, tasks: courier })
  const deliver: IntakePorts['deliver'] = hosts ? (rows) => host.deliver(rows) : () => {}
  const steps = new CoordinatedTasks({ ...host.ports, deliver }, host.options)
  const options = { maxCachedWorkflows: 2000 }
  const worker = await taskWorker({
    connection,
    team: fourTeam.name,
    taskQueue,
    bundle: await bundle(),
    steps,
    options,
  })
  worker.run().catch((error: unknown) => {
    throw error
  })
  const door = { ...intake, starter }
  return { intake: { ...door, admission: new Admission(door) }, client }
}
