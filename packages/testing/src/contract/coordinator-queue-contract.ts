import { parseStream, streamName, type Envelope } from '@roster/core'
import { describe, expect, it } from 'vitest'

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
      expect(await stage.records(queued)).toHaveLength(1)
      // What came too late is handed on by whoever drives tasks, when it hears of it.
      await stage.until(
        async () => (await stage.world.store.pendingOf(streamName.task('contract', queued))).length === 0 || undefined,
      )
    })
  })
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
