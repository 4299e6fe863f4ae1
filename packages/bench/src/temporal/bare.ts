import { connectTemporal } from '@roster/temporal'
import type { Client } from '@temporalio/client'
import { Worker } from '@temporalio/worker'

import { replySignal, type BareActivities } from './baselines.ts'
import { bundle } from './bundle.ts'
import type { CoordinatedOptions } from './coordinated.ts'
import { Rows } from './rows.ts'

/** The bare workflow's worker, and whoever is asked, in one process as with Roster. */
export async function bareWorker({ url, address, taskQueue, hosts = true }: CoordinatedOptions): Promise<Client> {
  const rows = await Rows.open(url)
  const { client, connection } = await connectTemporal({ address })
  const answer = async (task: string, step: number, number: number): Promise<void> => {
    await rows.answer(task, step, JSON.stringify({ number }))
    await client.workflow.getHandle(task).signal(replySignal, { number })
  }
  const activities: BareActivities = {
    async transition(task, step, question) {
      const document = question?.document ?? ''
      await rows.transition(task, step, document, document)
      if (question === null || !hosts) return
      answer(task, step, question.number + 1).catch((error: unknown) => {
        throw error
      })
    },
  }
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await bundle(),
    activities: { ...activities },
    maxCachedWorkflows: 2000,
  })
  worker.run().catch((error: unknown) => {
    throw error
  })
  return client
}
