import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { describeWithServer, sharedServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { openStage } from './kit/open-stage.ts'
import { postgresTenants } from './kit/postgres-tenant.ts'

const program = fileURLToPath(new URL('kit/killed-worker.ts', import.meta.url))

describeWithServer('temporal', 'a worker that is killed', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    const tenants = postgresTenants()

    it.each([
      { orders: { 'before-append': 1 }, where: 'before its first append' },
      { orders: { 'after-append': 1 }, where: 'between the commit of its first append and its workflow task' },
    ])('$where leaves nothing undone and nothing done twice', { timeout: 90_000 }, async ({ orders }) => {
      const { url: address } = await sharedServer('temporal')
      const tenant = randomUUID()
      const taskQueue = `killed/${tenant}`
      const { stage, world } = await openStage({ store: await tenants.open(tenant), address, taskQueue, later: true })
      await using _ = stage
      const args = [program, address, tenants.url(), tenant, taskQueue, JSON.stringify(orders)]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
      await once(child.stdout, 'data')
      const task = await stage.publish('noted', { value: 'once' })
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
      // The one that died may have had messages; a delay; and a signal comes while nobody is there.
      world.begin()

      expect(signal).toBe('SIGKILL')
      expect(await stage.end(task)).toMatchObject({ status: 'done', output: ['once', 'once'] })
      expect(await stage.history(task)).toHaveLength(3)
      expect(new Set(stage.notes.keys).size).toBe(1)
    })
  })
})
