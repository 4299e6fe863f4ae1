import { randomUUID } from 'node:crypto'

import { streamName } from '@roster/core'
import { describeWithServer, sharedServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { workflowIdOf } from '../src/index.ts'
import { decideAll } from './kit/decide-all.ts'
import { openStage } from './kit/open-stage.ts'
import { postgresTenants } from './kit/postgres-tenant.ts'

describeWithServer('temporal', 'a change that is not deterministic', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    const tenants = postgresTenants()

    it.each([
      { workflows: 'workflows-changed.ts', what: 'of the interpreter' },
      { workflows: 'workflows-other.ts', what: 'of playbooks under their versions' },
    ])(
      '$what stops what has begun, and loses nothing when it is rolled back',
      { timeout: 300_000 },
      async (changed) => {
        const { url: address } = await sharedServer('temporal')
        const tenant = randomUUID()
        const taskQueue = `rollback/${tenant}`
        const count = 4
        const open = async (workflows?: string) =>
          await openStage({
            store: await tenants.open(tenant),
            address,
            taskQueue,
            ...(workflows === undefined ? {} : { workflows }),
          })
        const tasks: string[] = []
        {
          await using stage = (await open()).stage
          for (let index = 0; index < count; index++)
            tasks.push(await stage.publish('approved', { ms: 3_600_000, value: index }))
          for (const task of tasks) await stage.reach(task, 'asking')
        }
        {
          const { stage, world } = await open(changed.workflows)
          await using _ = stage
          await decideAll(stage, 'pat', count)
          for (const task of tasks) {
            const handle = world.client.workflow.getHandle(workflowIdOf(streamName.task('contract', task)))
            await stage.until(async () => {
              const { events } = await handle.fetchHistory()
              return (
                events?.some(({ workflowTaskFailedEventAttributes: failed }) => failed != null) === true || undefined
              )
            })
            expect((await handle.describe()).status.name).toBe('RUNNING')
            expect(await stage.history(task)).toHaveLength(1)
          }
        }
        const { stage } = await open()
        await using _ = stage
        for (const task of tasks) {
          expect(await stage.end(task)).toMatchObject({ status: 'done', output: ['approved'] })
          expect(await stage.history(task)).toHaveLength(2)
        }
        process.stdout.write(
          `a change ${changed.what}, rolled back: ${JSON.stringify({ tasks: count, lost: 0, twice: 0 })}\n`,
        )
      },
    )
  })
})
