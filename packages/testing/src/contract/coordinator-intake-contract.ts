import { describe, expect, it } from 'vitest'

import type { OpenCoordinator } from './coordinated.ts'
import { staged } from './coordinator-staged.ts'

/** How tasks come in. */
export function coordinatorIntakeContract(open: OpenCoordinator): void {
  describe('intake', () => {
    const stage = staged(open)

    it('makes one task of one key, also after it has ended', async () => {
      const published = await Promise.all(
        Array.from({ length: 5 }, () => stage().publish('line', { value: 1 }, { key: 'once' })),
      )
      const [task = ''] = published
      await stage().end(task)
      const again = await stage().publish('line', { value: 1 }, { key: 'once' })
      await stage().world.pass()

      expect(new Set([...published, again]).size).toBe(1)
      expect(await stage().history(task)).toHaveLength(3)
    })

    it('refuses an input that does not fit the contract, on record', async () => {
      const task = await stage().publish('line', { ms: 'soon' as never })

      expect(await stage().end(task)).toMatchObject({ status: 'refused', error: { code: 'input-invalid' } })
    })

    it('refuses a kind of task that the team does not have, on record', async () => {
      const task = await stage().publish('fly')

      expect(await stage().end(task)).toMatchObject({ status: 'refused', error: { code: 'unknown-task-kind' } })
    })

    it('denies what no policy permits, on record', async () => {
      const task = await stage().publish('line', {}, { requester: 'stranger' })

      expect(await stage().end(task)).toMatchObject({ status: 'refused', error: { code: 'denied' } })
      expect((await stage().history(task)).map(([kind]) => kind)).toEqual(['denied'])
    })
  })
}
