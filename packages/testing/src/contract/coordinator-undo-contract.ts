import { describe, expect, it } from 'vitest'

import { CoordinatorStage } from './coordinator-stage.ts'
import type { OpenCoordinator } from './coordinated.ts'

/** The appends of the process that drives the task; it makes five of one that undoes what it did. */
const points = [2, 3, 4, 5].flatMap((nth) => [
  { point: 'before-append' as const, nth },
  { point: 'after-append' as const, nth },
])

/** A playbook that says what undoes its steps is given the chance to, whatever ends it. */
export function coordinatorUndoContract(open: OpenCoordinator): void {
  describe('what a task undoes', () => {
    it('a step that fails leads through what undoes the steps before it, on record', async () => {
      await using stage = await CoordinatorStage.open(open)
      const task = await stage.publish('undone', { value: 11 })

      expect(await stage.end(task)).toMatchObject({ status: 'failed', error: { code: 'no-paper' } })
      expect(stage.notes.noted).toEqual(['done', 'undone'])
      expect((await stage.history(task)).map(([, after]) => after)).toEqual([
        'noting',
        'failing',
        'undoing',
        'telling',
        'over',
      ])
    })

    it('a cancellation leads there too: the task ends as cancelled, after it was undone', async () => {
      await using stage = await CoordinatorStage.open(open)
      const task = await stage.publish('undone', { value: 1 })
      await stage.reach(task, 'waiting')
      await Promise.all([stage.cancel(task), stage.cancel(task)])

      expect(await stage.end(task)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } })
      expect(stage.notes.noted).toEqual(['done', 'undone'])
      const withdrawn = (await stage.records(task)).find(({ envelope }) => envelope.includes('"cancel"'))
      expect(JSON.parse(withdrawn?.envelope ?? '{}')).toMatchObject({ after: 'undoing' })
    })

    it('who is told has a notice in the inbox, and the task does not wait for them', async () => {
      await using stage = await CoordinatorStage.open(open)
      const task = await stage.publish('undone', { value: 11 })
      await stage.end(task)

      const notice = await stage.until(async () => {
        const heads = await stage.world.store.heads()
        return heads.find(({ stream, final }) => !final && stream.startsWith('contract/person/eve/job/'))
      })
      const [first] = await stage.world.store.read(notice.stream)
      expect(first?.envelope).toContain('"notice"')
    })

    it.each(points)('a crash at $point $nth undoes nothing twice', async ({ point, nth }) => {
      await using stage = await CoordinatorStage.open(open, { [point]: nth })
      const task = await stage.publish('undone', { value: 11 })

      expect(await stage.end(task)).toMatchObject({ status: 'failed', error: { code: 'no-paper' } })
      expect(stage.notes.noted).toEqual(['done', 'undone'])
    })
  })
}
