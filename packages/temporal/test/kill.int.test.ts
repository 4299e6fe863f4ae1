import { randomUUID } from 'node:crypto'

import { streamName, type Envelope } from '@roster/core'
import type { CrashOrders } from '@roster/testing'
import { describeWithServer, sharedServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { decideAll } from './kit/decide-all.ts'
import { openStage, type OpenedStage } from './kit/open-stage.ts'
import { postgresTenants } from './kit/postgres-tenant.ts'
import { WorkerProcess } from './kit/worker-process.ts'

describeWithServer('temporal', 'a worker that is killed', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    const tenants = postgresTenants()

    /** A stage whose own worker waits, and how to start others in processes of their own. */
    async function open(): Promise<OpenedStage & { worker(orders?: CrashOrders): Promise<WorkerProcess> }> {
      const { url: address } = await sharedServer('temporal')
      const tenant = randomUUID()
      const taskQueue = `killed/${tenant}`
      const opened = await openStage({ store: await tenants.open(tenant), address, taskQueue, later: true })
      const { deliver } = opened.world.intake
      const databaseUrl = tenants.url()
      const worker = (orders: CrashOrders = {}): Promise<WorkerProcess> =>
        WorkerProcess.start({ address, databaseUrl, tenant, taskQueue, orders, deliver })
      return { ...opened, worker }
    }

    it.each([
      { orders: { 'before-append': 1 }, where: 'before its first append' },
      { orders: { 'after-append': 1 }, where: 'between the commit of its first append and its workflow task' },
      { orders: { 'after-append': 2 }, where: 'between the commit of its second append and its workflow task' },
    ])('$where leaves nothing undone and nothing done twice', { timeout: 240_000 }, async ({ orders }) => {
      const { stage, world, worker } = await open()
      await using _ = stage
      await using dying = await worker(orders)
      const task = await stage.publish('noted', { value: 'once' })
      const signal = await dying.ended
      // The one that died may have had messages; a delay; and a signal comes while nobody is there.
      world.begin()

      expect(signal).toBe('SIGKILL')
      expect(await stage.end(task)).toMatchObject({ status: 'done', output: ['once', 'once'] })
      expect(await stage.history(task)).toHaveLength(3)
      expect(new Set(stage.notes.keys).size).toBe(1)
    })

    it(
      'after a commit, with signals and timers that race meanwhile, neither loses a task nor takes anything twice',
      { timeout: 300_000 },
      async () => {
        const { stage, world, worker } = await open()
        await using _ = stage
        const [count, patienceMs] = [6, 3000]
        // Of the second transition of each it makes two, and tells Temporal of one.
        await using dying = await worker({ 'after-append': count + 2 })
        const tasks = await Promise.all(
          Array.from({ length: count }, () => stage.publish('approved', { ms: patienceMs, value: 'text' })),
        )
        for (const task of tasks) await stage.reach(task, 'asking')
        await decideAll(stage, 'pat', count)
        expect(await dying.ended).toBe('SIGKILL')
        // All timers have passed, all replies have come, and nobody was told.
        const last = Math.max(
          ...(await Promise.all(tasks.map(async (task) => (await stage.records(task))[0]?.at ?? 0))),
        )
        await stage.until(() => Promise.resolve(Date.now() > last + patienceMs || undefined))
        world.begin()
        await escalate(stage, tasks)

        const ways = { approved: 0, escalated: 0 }
        for (const task of tasks) {
          expect(await stage.end(task)).toMatchObject({ status: 'done', output: ['approved'] })
          const envelopes = (await stage.records(task)).map(({ envelope }) => JSON.parse(envelope) as Envelope)
          const causes = envelopes.map(({ cause }) => cause.id)
          expect(new Set(causes).size).toBe(causes.length)
          expect(envelopes.filter(({ outcome }) => outcome !== undefined)).toHaveLength(1)
          ways[envelopes.some(({ after }) => after === 'escalating') ? 'escalated' : 'approved'] += 1
        }
        expect(ways.approved).toBeGreaterThanOrEqual(2)
        expect(ways.approved + ways.escalated).toBe(count)
        process.stdout.write(
          `a signal and a timer race past a killed worker: ${JSON.stringify({ tasks: count, ...ways })}\n`,
        )
      },
    )

    it('like all others at once, with work under way, loses nothing', { timeout: 300_000 }, async () => {
      const { stage, world, worker } = await open()
      await using _ = stage
      await using one = await worker()
      await using other = await worker()
      const count = 40
      const tasks = await Promise.all(
        Array.from({ length: count }, (_item, value) => stage.publish('noted', { value })),
      )
      const ended = async (): Promise<number> => {
        const heads = await world.store.heads()
        return tasks.filter((task) =>
          heads.some(({ stream, final }) => final && stream === streamName.task('contract', task)),
        ).length
      }
      await stage.until(async () => ((await ended()) > 2 ? true : undefined))
      await Promise.all([one.kill(), other.kill()])
      const before = await ended()
      world.begin()
      const outputs: unknown[] = []
      for (const task of tasks) outputs.push((await stage.end(task)).output)

      expect(outputs).toEqual(tasks.map((_task, value) => [value, value]))
      for (const task of tasks) expect(await stage.history(task)).toHaveLength(3)
      expect(new Set(stage.notes.keys).size).toBe(count)
      expect(before).toBeLessThan(count)
      process.stdout.write(
        `all workers killed: ${JSON.stringify({ tasks: count, before, notes: stage.notes.keys.length })}\n`,
      )
    })
  })
})

/** Has the second person decide wherever one is asked, until all tasks have ended. */
async function escalate(stage: OpenedStage['stage'], tasks: readonly string[]): Promise<void> {
  await stage.until(async () => {
    const heads = await stage.world.store.heads()
    const open = heads.filter(({ final, version }) => !final && version > 0)
    if (open.some(({ stream }) => stream.startsWith(`${streamName.person('contract', 'eve')}/job/`)))
      await stage.decide('eve', 'approved')
    return tasks.every((task) => !open.some(({ stream }) => stream === streamName.task('contract', task))) || undefined
  })
}
