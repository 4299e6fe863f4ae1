import { describe, expect, it } from 'vitest'

import type { OpenCoordinator } from './coordinated.ts'
import { staged } from './coordinator-staged.ts'

/** Many tasks at once. */
export function coordinatorManyContract(open: OpenCoordinator, count: number): void {
  describe('many', () => {
    const stage = staged(open)

    it(`brings ${count} tasks to their end that were published at once`, { timeout: 300_000 }, async () => {
      const tasks = await Promise.all(Array.from({ length: count }, (_, value) => stage().publish('line', { value })))
      const ends: unknown[] = []
      for (const task of tasks) ends.push((await stage().end(task)).output)

      expect(ends).toEqual(Array.from({ length: count }, (_, value) => [value, value]))
      const heads = (await stage().world.store.heads()).filter(({ stream }) => stream.startsWith('contract/task/'))
      expect(heads.filter(({ final, version }) => final && version === 3)).toHaveLength(count)
    })
  })
}
