import { fileURLToPath } from 'node:url'

import { failureOf } from '@roster/core'
import {
  bringOverdue,
  CoordinatedTasks,
  reconcileTasks,
  TaskCourier,
  tellOfVersions,
  type LostTask,
} from '@roster/runtime'
import { bundlePlaybooks, connectTemporal, taskWorker, TemporalStarter, type TemporalAddress } from '@roster/temporal'

import { every } from './every.ts'
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

/** How often word is brought again of messages that nobody took, in milliseconds. */
const bringMs = 5000

/** How often it is looked for tasks that nobody drives, in milliseconds: it asks for each that is open. */
const reconcileMs = 60_000

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
    const { client, connection, prepare } = temporal
    const starter = new TemporalStarter({ client, team, prepare, ...queue })
    const late = (stream: string): Promise<number> => steps.late(stream)
    const courier = new TaskCourier({ starter, late, ...(observe === undefined ? {} : { observe }) })
    const worker = await taskWorker({ connection, team: team.name, bundle, steps, ...queue })
    let running: Promise<void> | undefined
    const failed = (error: unknown): void => observe?.({ kind: 'unpublished', messages: 0, failure: failureOf(error) })
    const schedule: { stop(): void }[] = []
    const bring: TaskCourier['bring'] = (message) => courier.bring(message)
    return {
      starter,
      deliver: (messages) => courier.deliver(messages),
      bring,
      async start() {
        // What ends it before it is told to is nothing that trying again would mend.
        running = worker.run().catch((error: unknown) => {
          observe?.({ kind: 'halted', failure: failureOf(error, 'internal') })
        })
        const reconciling = { store, team, bring, restart: (task: LostTask) => starter.restart(task) }
        const reconcile = async (age?: { readonly ageMs: number }): Promise<void> =>
          await tellOfVersions(ports, (await reconcileTasks(reconciling, age)).waiting)
        // Whatever is pending now was left by an earlier process.
        await reconcile({ ageMs: 0 })
        schedule.push(
          every(bringMs, () => bringOverdue(reconciling).catch(failed)),
          every(reconcileMs, () => reconcile().catch(failed)),
        )
      },
      async [Symbol.asyncDispose]() {
        for (const one of schedule) one.stop()
        // A program that lets the library have its signals has ended the worker already.
        if (worker.getState() === 'RUNNING') worker.shutdown()
        await running
        await courier.idle()
        await temporal[Symbol.asyncDispose]()
      },
    }
  }
}
