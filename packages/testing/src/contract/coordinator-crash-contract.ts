import { describe, expect, it } from 'vitest'

import { CoordinatorStage } from './coordinator-stage.ts'
import type { OpenCoordinator } from './coordinated.ts'

/** The appends of the process that drives tasks; more than it makes for one task in a coordinator. */
const points = [1, 2, 3].flatMap((nth) => [
  { point: 'before-append' as const, nth },
  { point: 'after-append' as const, nth },
])

/** Whoever drives tasks may die at any time. */
export function coordinatorCrashContract(open: OpenCoordinator): void {
  describe('a crash', () => {
    it.each(points)('$point $nth: another one goes on, and nothing is done twice', async ({ point, nth }) => {
      await using stage = await CoordinatorStage.open(open, { [point]: nth })
      const task = await stage.publish('noted', { value: 'once' })

      expect(await stage.end(task)).toMatchObject({ status: 'done', output: ['once', 'once'] })
      expect(await stage.history(task)).toEqual([
        ['stepped', 'noting', 'task'],
        ['stepped', 'asking', 'reply'],
        ['stepped', 'over', 'reply'],
      ])
      expect(new Set(stage.notes.keys).size).toBe(1)
    })
  })
}
