import { describeWithServer, startTemporal } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { openStage } from './kit/open-stage.ts'
import { postgresTenants } from './kit/postgres-tenant.ts'

describeWithServer('temporal', 'a Temporal server that is down for a while', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    const tenants = postgresTenants()

    it('loses no task, no reply and no delay, and does nothing twice', { timeout: 300_000 }, async () => {
      await using server = await startTemporal({ store: 'file' })
      const { stage, world } = await openStage({ store: await tenants.open(), address: server.url })
      await using _ = stage
      const asked = await stage.publish('approved', { ms: 3_600_000, value: 'text' })
      const resting = await stage.publish('rested', { ms: 2000, value: 'up' })
      await stage.reach(asked, 'asking')
      await stage.reach(resting, 'resting')
      await server.kill()

      await stage.decide('pat', 'approved')
      await expect(stage.publish('noted', { value: 'once' }, { key: 'while it is down' })).rejects.toMatchObject({
        code: 'coordinator-unavailable',
        retryable: true,
      })
      await server.restart()
      const noted = await stage.publish('noted', { value: 'once' }, { key: 'while it is down' })
      await world.reconcile()

      expect(await stage.end(asked)).toMatchObject({ status: 'done', output: ['approved'] })
      expect(await stage.end(resting)).toMatchObject({ status: 'done', output: ['up'] })
      expect(await stage.end(noted)).toMatchObject({ status: 'done', output: ['once', 'once'] })
      expect(await stage.history(asked)).toHaveLength(2)
      expect(new Set(stage.notes.keys).size).toBe(1)
    })
  })
})
