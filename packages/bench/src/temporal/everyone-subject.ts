import { connectTemporal } from '@roster/temporal'
import { Worker } from '@temporalio/worker'
import { ulid } from 'ulid'

import { serve } from '../subject/serve.ts'
import { textOf } from '../world/text.ts'
import { atOnce } from './at-once.ts'
import type { EveryoneActivities } from './baselines.ts'
import { bundle } from './bundle.ts'
import type { CoordinatedOptions } from './coordinated.ts'
import { Rows } from './rows.ts'

await serve(async ({ url, address, taskQueue }: CoordinatedOptions) => {
  const rows = await Rows.open(url)
  const { client, connection } = await connectTemporal({ address })
  const activities: EveryoneActivities = {
    ask: ({ number }) => Promise.resolve({ number: number + 1 }),
    write: (task, step, body) => rows.write(task, step, body),
  }
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await bundle(),
    activities: { ...activities },
  })
  worker.run().catch((error: unknown) => {
    throw error
  })
  const document = textOf(1000, 1)
  return atOnce(async () => {
    await client.workflow.execute('everyone', {
      workflowId: `everyone/${ulid()}`,
      taskQueue,
      args: [{ number: 0, document }],
    })
  })
})
