import { ulid } from 'ulid'

import { serve } from '../subject/serve.ts'
import { textOf } from '../world/text.ts'
import { atOnce } from './at-once.ts'
import { bareWorker } from './bare.ts'
import type { CoordinatedOptions } from './coordinated.ts'

await serve(async (options: CoordinatedOptions) => {
  const client = await bareWorker(options)
  const { taskQueue } = options
  const document = textOf(1000, 1)
  return atOnce(async () => {
    await client.workflow.execute('bare', { workflowId: `bare/${ulid()}`, taskQueue, args: [{ number: 0, document }] })
  })
})
