import { parseStream, partitionCount, streamName, type Envelope } from '@roster/core'
import { publish } from '@roster/runtime'
import { describe, expect, it } from 'vitest'

import { isCrash } from '../crash/crash.ts'
import { crashPoints } from '../crash/crash-points.ts'
import type { OpenCoordinator } from './coordinated.ts'
import { CoordinatorStage } from './coordinator-stage.ts'
import { fewAtOnce } from './coordinator-team.ts'

/** Where whoever drives the tasks dies in the middle of many. */
const inTheMiddle = { 'after-append': 40 }

/** No more tasks are under way than their playbook allows; the others wait, and can be seen and cancelled. */
export function coordinatorQueueContract(open: OpenCoordinator, count: number): void {
  describe('the queue', () => {
    it.each([
      { what: 'is kept', crash: undefined },
      { what: 'is kept when who drives the tasks dies', crash: inTheMiddle },
    ])(`the limit $what: never more than ${fewAtOnce} of ${count} at once`, { timeout: 300_000 }, async ({ crash }) => {
      await using stage = await CoordinatorStage.open(open, crash)
      const tasks = await Promise.all(Array.from({ length: count }, (_, value) => stage.publish('few', { value })))
      const ends: unknown[] = []
      for (const task of tasks) ends.push((await stage.end(task)).output)

      expect(ends).toEqual(Array.from({ length: count }, (_, value) => [value]))
      expect(await mostAtOnce(stage)).toBe(fewAtOnce)
      expect(await stage.world.store.queued()).toEqual([])
    })

    it.each(['before-admit', 'after-admit'] as const)(
      'begins once what was published by a process that died: %s',
      async (point) => {
        await using stage = await CoordinatorStage.open(open)
        const { intake, store, delayMs } = stage.world
        const { admission: _, ...rest } = intake
        const dying = { ...rest, store: crashPoints(store, { [point]: 1 }) }
        const publication = { playbook: 'few', input: { ms: delayMs, value: 1 }, requester: 'web', idempotencyKey: 'k' }
        await expect(publish(dying, publication)).rejects.toSatisfy(isCrash)
        const [waiting] = [...(await store.queued()), ...(await pendingTasks(stage))]

        // Whoever takes its place: takes up what is pending, and looks at the queue.
        await stage.world.recover()
        await intake.admission?.look()
        const task = parseStream(waiting?.stream ?? '').name
        expect(await stage.end(task)).toMatchObject({ status: 'done', output: [1] })
        expect((await publish(intake, publication)).task).toBe(task)
        expect(await stage.history(task)).toHaveLength(2)
      },
    )

    it('lets the most urgent in first, then the oldest', async () => {
      await using stage = await CoordinatorStage.open(open)
      const first = await stage.publish('alone', { value: 'first' })
      await stage.reach(first, 'waiting')
      const later = [
        await stage.publish('alone', {}, { priority: 1 }),
        await stage.publish('alone', {}, { priority: 3 }),
      ]
      later.push(await stage.publish('alone', {}, { priority: 3 }))
      const begun: string[] = []
      for (const task of [first, later[1], later[2], later[0]]) {
        await stage.reach(task ?? '', 'waiting')
        begun.push(...(await stage.world.store.queued()).map(({ stream }) => parseStream(stream).name), '')
        await stage.cancel(task ?? '')
        await stage.end(task ?? '')
      }

      const [slow, quick, next] = later
      expect(begun).toEqual([quick, next, slow, '', next, slow, '', slow, '', ''])
    })

    it('withdraws a queued task: it ends as cancelled, on record, and never begins', async () => {
      await using stage = await CoordinatorStage.open(open)
      const first = await stage.publish('alone')
      await stage.reach(first, 'waiting')
      const queued = await stage.publish('alone')
      expect(await stage.world.store.queued()).toHaveLength(1)
      await stage.cancel(queued)

      const last = await stage.until(async () => (await stage.records(queued)).at(-1))
      expect(JSON.parse(last.envelope)).toMatchObject({
        version: 1,
        kind: 'ended',
        outcome: { status: 'cancelled' },
        sent: [],
      })
      expect(await stage.world.store.queued()).toEqual([])
      expect((await stage.records(first)).map(({ version }) => version)).toEqual([1])
      await stage.cancel(queued)
      await stage.cancel(first)
      await stage.end(first)
      // The second cancellation came too late, and is handed on to be recorded elsewhere.
      const stream = streamName.task('contract', queued)
      await stage.until(async () => ((await stage.world.store.pendingOf(stream)).length === 0 ? true : undefined))
      expect(await stage.records(queued)).toHaveLength(1)
    })
  })
}

async function pendingTasks({ world }: CoordinatorStage): Promise<readonly { readonly stream: string }[]> {
  const partitions = Array.from({ length: partitionCount }, (_, partition) => partition)
  return (await world.store.pendingIn(partitions, { dueBy: 0 })).filter(({ type }) => type === 'task')
}

/** How many tasks were under way at once, at most, by the order of the records. */
async function mostAtOnce({ world }: CoordinatorStage): Promise<number> {
  let open = 0
  let most = 0
  for (let after = 0; ; after += 1000) {
    const records = await world.store.readAll(after, 1000)
    for (const { stream, version, envelope } of records) {
      if (parseStream(stream).kind !== 'task') continue
      if (version === 1) open += 1
      most = Math.max(most, open)
      if ((JSON.parse(envelope) as Envelope).outcome !== undefined) open -= 1
    }
    if (records.length < 1000) return most
  }
}
