import { describe, expect, it } from 'vitest'

import type { OpenCoordinator } from './coordinated.ts'
import { staged } from './coordinator-staged.ts'

/** Longer than any test waits. */
const hours = 4

/** What waits for a time, or for a person. */
export function coordinatorTimeContract(open: OpenCoordinator): void {
  describe('delays and people', () => {
    const stage = staged(open)

    it('rests as long as it says, then goes on', async () => {
      const before = stage().world.intake.clock.now()
      const task = await stage().publish('rested', { value: 'up' })

      expect(await stage().end(task)).toMatchObject({ status: 'done', output: ['up'] })
      const [, woken] = await stage().records(task)
      expect(woken?.at).toBeGreaterThanOrEqual(before + stage().world.delayMs)
    })

    it('gives up what takes too long, and withdraws the ask', async () => {
      const task = await stage().publish('late')

      expect(await stage().end(task)).toMatchObject({ status: 'done', output: ['late'] })
      expect((await stage().state(task)).open).toEqual({})
      const withdrawn = (await stage().records(task)).at(-1)
      expect(JSON.parse(withdrawn?.envelope ?? '{}')).toMatchObject({ sent: [{ type: 'cancel' }] })
    })

    it.each(['approved', 'declined'] as const)(
      'waits for a person, and goes on with what they decide: %s',
      async (decision) => {
        const task = await stage().publish('approved', { ms: hours * 3_600_000, value: 'text' })
        await stage().decide('pat', decision)

        expect(await stage().end(task)).toMatchObject({ status: 'done', output: [decision] })
      },
    )

    it('asks somebody else when a person takes too long', async () => {
      const task = await stage().publish('approved', { value: 'text' })
      await stage().reach(task, 'escalating')
      await stage().decide('eve', 'approved')

      expect(await stage().end(task)).toMatchObject({ status: 'done', output: ['approved'] })
      // Whoever was asked first may still answer that the ask was withdrawn, which comes too late to matter.
      const stepped = (await stage().history(task)).filter(([kind]) => kind === 'stepped')
      expect(stepped).toEqual([
        ['stepped', 'asking', 'task'],
        ['stepped', 'escalating', 'delayed'],
        ['stepped', 'over', 'reply'],
      ])
    })

    it('sets no delay any more that no state waits for', async () => {
      const task = await stage().publish('approved', { ms: hours * 3_600_000, value: 'text' })
      await stage().decide('pat', 'approved')
      await stage().end(task)

      expect((await stage().state(task)).timers).toEqual({})
      expect(await stage().world.store.pendingOf(`contract/task/${task}`)).toEqual([])
    })
  })
}
