/** Tasks that have asked and wait, nobody answering: what a worker holds of them in memory. */
import { publish } from '@roster/runtime'
import { ulid } from 'ulid'

import { seconds } from '../measure/stopwatch.ts'
import { serve } from '../subject/serve.ts'
import { textOf } from '../world/text.ts'
import { bareWorker } from './bare.ts'
import { coordinated, type CoordinatedOptions } from './coordinated.ts'

/** What is left open. */
export interface OpenOptions extends CoordinatedOptions {
  readonly what: 'roster' | 'bare'
}

/** How many are started at a time. */
const lanes = 64

await serve(async ({ what, ...options }: OpenOptions) => {
  const open = await (what === 'roster' ? openTasks(options) : openBare(options))
  return {
    async run(count) {
      const start = seconds()
      let left = count
      const lane = async (): Promise<void> => {
        while (left-- > 0) await open()
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      return { count, seconds: seconds() - start }
    },
  }
})

const document = textOf(1000, 1)

async function openTasks(options: CoordinatedOptions): Promise<() => Promise<void>> {
  const { intake, client } = await coordinated({ ...options, hosts: false })
  return async () => {
    const idempotencyKey = intake.ids.id()
    const input = { number: 0, document }
    const { task } = await publish(intake, { playbook: 'four', input, requester: 'bench', idempotencyKey })
    // A query is answered once the first workflow task is over.
    await client.workflow.getHandle(`task/${task}`).query('standing')
  }
}

async function openBare(options: CoordinatedOptions): Promise<() => Promise<void>> {
  const client = await bareWorker({ ...options, hosts: false })
  const { taskQueue } = options
  return async () => {
    const handle = await client.workflow.start('bare', {
      workflowId: `bare/${ulid()}`,
      taskQueue,
      args: [{ number: 0, document }],
    })
    await handle.query('__temporal_workflow_metadata')
  }
}
