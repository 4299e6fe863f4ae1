import { streamName, type DueTime, type Envelope } from '@roster/core'
import { describe, expect, it } from 'vitest'

import { crashPoints } from '../crash/crash-points.ts'
import type { OpenCoordinator } from './coordinated.ts'
import { ScheduleStage } from './schedule-stage.ts'

const second = 1000
const isPublished = ({ task }: DueTime): boolean => task !== null
const isSkipped = ({ because }: DueTime): boolean => because === 'overlap'

/**
 * Everything that whoever keeps a team's calendar has to do, as tests. The schedule has a time every second.
 *
 * @example
 * scheduleContract('embedded', openEmbedded)
 */
export function scheduleContract(name: string, open: OpenCoordinator): void {
  describe(`${name} schedules`, { timeout: 60_000 }, () => {
    it('publish a task at each time of their calendar, in the name of who made them', async () => {
      await using stage = await ScheduleStage.open(open)
      const made = await stage.make({ overlap: 'allow' })
      await stage.keep()
      const [first, ...others] = await stage.until(3, isPublished)

      expect(first?.at).toBeGreaterThan(made.at - second)
      expect(others.slice(0, 2).map(({ at }) => at)).toEqual([1, 2].map((times) => (first?.at ?? 0) + times * second))
      await stage.stage.reach(first?.task ?? '', 'asking')
      const [record] = await stage.stage.records(first?.task ?? '')
      expect(JSON.parse(record?.envelope ?? '{}')).toMatchObject({ cause: { kind: 'patient', sender: 'client/web' } })
    })

    it('publish one task for a time, however many keep the calendar', async () => {
      await using stage = await ScheduleStage.open(open)
      await stage.make({ overlap: 'allow' })
      const keepers = [await stage.keep(), await stage.keep(), await stage.keep()]
      await stage.until(3, isPublished)
      await Promise.all(keepers.flatMap((keeper) => [keeper.look(), keeper.look()]))
      await stage.stop()

      const dues = await settled(stage)
      expect(new Set(dues.map(({ at }) => at)).size).toBe(dues.length)
      expect((await stage.tasks()).toSorted()).toEqual(dues.map(({ task }) => task ?? '').toSorted())
    })

    it('skip a time while the task before has not ended, on record, and go on when it has', async () => {
      await using stage = await ScheduleStage.open(open)
      await stage.make({ overlap: 'skip' })
      await stage.keep()
      await stage.until(2, isSkipped)
      const [first, second_] = (await stage.dues()).filter(isPublished)
      expect(second_).toBeUndefined()
      await stage.stage.cancel(first?.task ?? '')
      await stage.stage.end(first?.task ?? '')

      const published = await stage.until(2, isPublished)
      expect(published[1]?.at).toBeGreaterThan((await stage.dues()).filter(isSkipped)[1]?.at ?? Infinity)
    })

    it('let a time wait for the task before, if they are told to', async () => {
      await using stage = await ScheduleStage.open(open)
      await stage.make({ overlap: 'queue' })
      await stage.keep()
      const [first] = await stage.until(1, isPublished)
      await stage.stage.world.wait(3 * second)
      expect(await stage.dues()).toHaveLength(1)
      await stage.stage.cancel(first?.task ?? '')
      await stage.stage.end(first?.task ?? '')

      const [, next] = await stage.until(2, isPublished)
      expect(next?.at).toBe((first?.at ?? 0) + second)
    })

    it('publish nothing while they are paused, and do not make up for it', async () => {
      await using stage = await ScheduleStage.open(open)
      await stage.make({ overlap: 'allow' })
      await stage.keep()
      await stage.until(1, isPublished)
      await stage.change('schedule.pause')
      const before = await settled(stage)
      await stage.stage.world.wait(3 * second)
      expect(await settled(stage)).toEqual(before)
      const resumed = await stage.change('schedule.resume')
      await stage.keep()

      const after = await stage.until(before.length + 1, () => true)
      expect(after[before.length]?.at).toBeGreaterThanOrEqual(resumed.at)
    })

    it('publish nothing once they are deleted', async () => {
      await using stage = await ScheduleStage.open(open)
      await stage.make({ overlap: 'allow' })
      const keeper = await stage.keep()
      await stage.until(1, isPublished)
      await stage.change('schedule.delete')
      const before = await settled(stage)
      await stage.stage.world.wait(3 * second)
      await keeper.look()
      expect(await settled(stage)).toEqual(before)
    })

    it('make up for what was missed a short while ago, and skip what is older, on record', async () => {
      await using stage = await ScheduleStage.open(open)
      await stage.make({ overlap: 'allow', catchUpMs: 2 * second })
      await stage.keep()
      await stage.until(1, isPublished)
      await stage.stop()
      const before = await settled(stage)
      await stage.stage.world.wait(6 * second)
      await stage.keep()

      const [missed, ...made] = (await stage.until(before.length + 2, () => true)).slice(before.length)
      expect(missed).toMatchObject({ because: 'missed', task: null })
      expect(missed?.times).toBeGreaterThanOrEqual(2)
      // Not one time is lost between them.
      expect(missed?.at).toBe((before.at(-1)?.at ?? 0) + (missed?.times ?? 0) * second)
      expect(made[0]).toMatchObject({ at: (missed?.at ?? 0) + second, because: null })
    })

    it.each([{ 'after-accept': 1 }, { 'before-accept': 2 }, { 'after-accept': 2 }] as const)(
      'publish once what a process decided that dies: %o',
      async (orders) => {
        await using stage = await ScheduleStage.open(open)
        await stage.make({ overlap: 'skip' })
        await stage.stage.world.wait(second)
        await stage.keep(crashPoints(stage.stage.world.store, orders))
        await stage.stop()
        await stage.stage.world.recover()
        await stage.keep()

        const [first] = await stage.until(1, isPublished)
        await stage.stage.reach(first?.task ?? '', 'asking')
        await stage.stop()
        await settled(stage)
        expect(await stage.tasks()).toEqual([first?.task])
      },
    )

    it('are not made by whoever may not publish their tasks', async () => {
      await using stage = await ScheduleStage.open(open)
      const made = await stage.make({ by: 'stranger' })
      await stage.keep()
      await stage.stage.world.wait(2 * second)

      expect(made).toMatchObject<Partial<Envelope>>({ kind: 'denied', decisions: [{ allowed: false } as never] })
      expect(await stage.dues()).toEqual([])
    })
  })
}

/** What was decided, once nothing of it is on its way any more: neither a decision nor a task. */
async function settled(stage: ScheduleStage): Promise<readonly DueTime[]> {
  const { store } = stage.stage.world
  return await stage.stage.until(async () => {
    const pending = await store.pendingOf(streamName.team('contract'))
    const dues = await stage.dues()
    const tasks = dues.flatMap(({ task }) => (task === null ? [] : [task]))
    const known = new Set(await stage.tasks())
    return pending.length === 0 && tasks.every((task) => known.has(task)) ? dues : undefined
  })
}
