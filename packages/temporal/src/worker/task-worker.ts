import type { TaskSteps } from '@roster/core'
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker'

import { taskQueueOf } from '../workflow-id.ts'
import { stepActivities } from './step-activities.ts'

/** What a worker of a team's tasks is made of. */
export interface TaskWorkerOptions {
  readonly connection: NativeConnection
  /** @defaultValue `default` */
  readonly namespace?: string
  readonly team: string
  /** @defaultValue `roster/<team>` */
  readonly taskQueue?: string
  /** What `bundlePlaybooks` made. */
  readonly bundle: NonNullable<WorkerOptions['workflowBundle']>
  readonly steps: TaskSteps
  /** Whatever else the SDK offers. */
  readonly options?: Partial<WorkerOptions>
}

/** Makes a worker of a team's tasks; `run` it, and `shutdown` it when it is to end. */
export async function taskWorker(parts: TaskWorkerOptions): Promise<Worker> {
  const { connection, namespace = 'default', team, taskQueue = taskQueueOf(team), bundle, steps, options } = parts
  return await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: bundle,
    activities: stepActivities(steps),
    ...options,
  })
}
