import { streamName } from '@roster/core'
import { publish } from '@roster/runtime'
import { workflowIdOf } from '@roster/temporal'

import { serve } from '../subject/serve.ts'
import { textOf } from '../world/text.ts'
import { atOnce } from './at-once.ts'
import { coordinated, type CoordinatedOptions } from './coordinated.ts'

await serve(async (options: CoordinatedOptions) => {
  const { intake, client } = await coordinated(options)
  const document = textOf(1000, 1)
  return atOnce(async () => {
    const idempotencyKey = intake.ids.id()
    const input = { number: 0, document }
    const { task } = await publish(intake, { playbook: 'four', input, requester: 'bench', idempotencyKey })
    await client.workflow.getHandle(workflowIdOf(streamName.task('bench', task))).result()
  })
})
