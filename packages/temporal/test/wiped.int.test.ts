import { streamName } from '@roster/core'
import { describeWithServer, startTemporal } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { workflowIdOf } from '../src/index.ts'
import { decideAll } from './kit/decide-all.ts'
import { openStage } from './kit/open-stage.ts'
import { postgresTenants } from './kit/postgres-tenant.ts'

describeWithServer('temporal', 'a Temporal server whose store is wiped', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    const tenants = postgresTenants()

    it('has all that is open again, at its state, and nothing is done twice', { timeout: 300_000 }, async () => {
      // In memory it forgets everything with its process: workflows, timers, histories and search attributes.
      await using server = await startTemporal({ store: 'memory' })
      const { stage, world } = await openStage({ store: await tenants.open(), address: server.url })
      await using _ = stage
      const count = 12
      const ended = await stage.publish('noted', { value: 'once' })
      await stage.end(ended)
      const asked: string[] = []
      for (let index = 0; index < count; index++)
        asked.push(await stage.publish('approved', { ms: 3_600_000, value: index }))
      const resting = await stage.publish('rested', { ms: 4000, value: 'up' })
      for (const task of asked) await stage.reach(task, 'asking')
      await stage.reach(resting, 'resting')
      await server.kill()
      await decideAll(stage, 'pat', count)
      await server.restart()
      await expect(
        world.client.workflow.getHandle(workflowIdOf(streamName.task('contract', resting))).describe(),
      ).rejects.toThrow(/not found/)
      const { restarted, brought } = await world.reconcile()

      for (const task of asked) {
        expect(await stage.end(task)).toMatchObject({ status: 'done', output: ['approved'] })
        expect(await stage.history(task)).toHaveLength(2)
      }
      expect(await stage.end(resting)).toMatchObject({ status: 'done', output: ['up'] })
      expect(restarted).toHaveLength(count + 1)
      expect(await stage.history(ended)).toHaveLength(3)
      expect(stage.notes.keys).toHaveLength(1)
      process.stdout.write(
        `a wiped server: ${JSON.stringify({ open: count + 1, restarted: restarted.length, brought, ended: 1 })}\n`,
      )
    })
  })
})
