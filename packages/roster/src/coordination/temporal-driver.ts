import { fileURLToPath } from 'node:url'

import { failureOf } from '@roster/core'
import { CoordinatedTasks, reconcileTasks, TaskCourier } from '@roster/runtime'
import { bundlePlaybooks, connectTemporal, taskWorker, TemporalStarter, type TemporalAddress } from '@roster/temporal'

import type { OpenTaskDriver } from './task-driver.ts'

/** Where a team's tasks are driven by Temporal, and by which code. */
export interface TemporalOptions extends TemporalAddress {
  /** The file whose export `task` is `taskWorkflow([…])`, with the playbooks of the team. */
  readonly workflows: URL
  /** Files whose code no playbook runs, and which the sandbox would not run: a model that reads the environment, for instance. @defaultValue none */
  readonly inert?: readonly URL[]
  /** @defaultValue `roster/<team>` */
  readonly taskQueue?: string
}

/** How often it is looked for tasks that nobody drives, in milliseconds. */
const reconcileMs = 30_000

/** Tasks as Temporal workflows: a worker in this process, on a server elsewhere. */
export function temporalDriver({ workflows, inert = [], taskQueue, ...address }: TemporalOptions): OpenTaskDriver {
  return async (ports, options) => {
    const { store, team, observe } = ports
    const bundle = await bundlePlaybooks(fileURLToPath(workflows), {
      roster$: fileURLToPath(new URL('../workflow.ts', import.meta.url)),
      ...Object.fromEntries(inert.map((file) => [fileURLToPath(file), false as const])),
    })
    const temporal = await connectTemporal(address)
    const steps = new CoordinatedTasks(ports, options)
    const queue = taskQueue === undefined ? {} : { taskQueue }
    const { client, connection } = temporal
    const starter = new TemporalStarter({ client, team, ...queue })
    const late = (stream: string): Promise<number> => steps.late(stream)
    const courier = new TaskCourier({ starter, late, ...(observe === undefined ? {} : { observe }) })
    const worker = await taskWorker({ connection, team: team.name, bundle, steps, ...queue })
    let running: Promise<void> | undefined
    let reconciling: NodeJS.Timeout | undefined
    const deliver: TaskCourier['deliver'] = (messages) => courier.deliver(messages)
    return {
      starter,
      deliver,
      async start() {
        running = worker.run()
        const restart: Parameters<typeof reconcileTasks>[0]['restart'] = ({ stream, kind, playbook }) =>
          starter.restart(stream, kind, playbook)
        const reconcile = async (): Promise<void> => void (await reconcileTasks({ store, restart, deliver }))
        await reconcile()
        const again = (): void => {
          reconcile().catch((error: unknown) =>
            observe?.({ kind: 'unpublished', messages: 0, failure: failureOf(error) }),
          )
        }
        reconciling = setInterval(again, reconcileMs).unref()
      },
      async [Symbol.asyncDispose]() {
        clearInterval(reconciling)
        if (running !== undefined) worker.shutdown()
        await running
        await courier.idle()
        await temporal[Symbol.asyncDispose]()
      },
    }
  }
}
