import { describe, expect, it } from 'vitest'

import type { OpenCoordinator } from './coordinated.ts'
import { staged } from './coordinator-staged.ts'

/** Every kind of state is driven to its end. */
export function coordinatorStateContract(open: OpenCoordinator): void {
  describe('states', () => {
    const stage = staged(open)

    it('goes through a line, one colleague after the other', async () => {
      const task = await stage().publish('line', { value: 'tides' })

      expect(await stage().end(task)).toMatchObject({ status: 'done', output: ['tides', 'tides'] })
      expect(await stage().history(task)).toEqual([
        ['stepped', 'first', 'task'],
        ['stepped', 'second', 'reply'],
        ['stepped', 'over', 'reply'],
      ])
    })

    it('asks two at once, and waits for both', async () => {
      const task = await stage().publish('parallel', { value: 1 })

      expect(await stage().end(task)).toMatchObject({ status: 'done', output: [1, 1] })
      const [begun] = await stage().records(task)
      expect((JSON.parse(begun?.envelope ?? '{}') as { sent: readonly unknown[] }).sent).toHaveLength(2)
    })

    it.each([
      { value: 11, output: [11], records: 2 },
      { value: 10, output: [], records: 1 },
    ])('chooses a branch by its guard: $value', async ({ value, output, records }) => {
      const task = await stage().publish('branch', { value })

      expect(await stage().end(task)).toMatchObject({ status: 'done', output })
      expect(await stage().history(task)).toHaveLength(records)
    })

    it('goes round a loop as often as it says', async () => {
      const task = await stage().publish('loop', { value: 'again', rounds: 5 })

      expect(await stage().end(task)).toMatchObject({
        status: 'done',
        output: Array.from({ length: 5 }, () => 'again'),
      })
    })

    it('goes on after an error that it handles', async () => {
      const task = await stage().publish('handled')

      expect(await stage().end(task)).toMatchObject({ status: 'done', output: ['no-paper'] })
    })

    it('ends as failed, on record, with an error that it does not handle', async () => {
      const task = await stage().publish('unhandled')

      expect(await stage().end(task)).toMatchObject({ status: 'failed', error: { code: 'no-paper' } })
    })

    it('ends as a dead letter when a guard throws, and the owner is told', async () => {
      const task = await stage().publish('broken')

      expect(await stage().end(task)).toMatchObject({ status: 'failed', error: { code: 'dead-letter' } })
      const history = await stage().history(task)
      expect(history.at(-1)?.[0]).toBe('dead-letter')
    })
  })
}
