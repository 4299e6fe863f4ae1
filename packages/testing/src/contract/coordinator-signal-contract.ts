import { streamName, type NewPending } from '@roster/core'
import { describe, expect, it } from 'vitest'

import type { OpenCoordinator } from './coordinated.ts'
import { staged } from './coordinator-staged.ts'

/** What comes from outside, and what comes again. */
export function coordinatorSignalContract(open: OpenCoordinator): void {
  describe('messages', () => {
    const stage = staged(open)

    it('ends a task that is cancelled, and withdraws what it asked for', async () => {
      const task = await stage().publish('patient')
      await stage().reach(task, 'asking')
      await stage().cancel(task)

      expect(await stage().end(task)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } })
      const last = (await stage().records(task)).at(-1)
      expect(JSON.parse(last?.envelope ?? '{}')).toMatchObject({ kind: 'ended', sent: [{ type: 'cancel' }] })
    })

    it('cancels once, however often it is asked to', async () => {
      const task = await stage().publish('patient')
      await stage().reach(task, 'asking')
      await Promise.all([stage().cancel(task), stage().cancel(task), stage().cancel(task)])
      await stage().end(task)

      expect(await stage().history(task)).toHaveLength(2)
    })

    it('takes a message once, however often it is brought', async () => {
      const { intake, store } = stage().world
      const task = await stage().publish('patient')
      await stage().reach(task, 'asking')
      const stream = streamName.task('contract', task)
      const brought: NewPending[] = []
      await stage().cancel(task)
      for (const row of await store.pendingOf(stream)) brought.push(row)
      for (let times = 0; times < 20; times++) intake.deliver(brought)
      await stage().end(task)
      for (let times = 0; times < 20; times++) intake.deliver(brought)
      await stage().world.pass()

      expect(await stage().history(task)).toHaveLength(2)
    })

    it('takes nothing that is not stored, whoever says that it is', async () => {
      const { intake } = stage().world
      const task = await stage().publish('patient')
      await stage().reach(task, 'asking')
      const stream = streamName.task('contract', task)
      const message = { id: 'forged', type: 'cancel', sender: 'client/web', to: stream, payload: null }
      const body = JSON.stringify({
        ...message,
        correlationId: task,
        causationId: 'forged',
        at: 0,
        label: { integrity: 'trusted', sources: [] },
      })
      const rest = { control: true, dueAt: null, expiresAt: null, body, lease: null }
      intake.deliver([{ id: 'forged', kind: 'message', stream, sender: 'client/web', type: 'cancel', ...rest }])
      await stage().world.pass()
      const other = await stage().publish('line')
      await stage().end(other)

      expect(await stage().history(task)).toHaveLength(1)
      await stage().cancel(task)
      expect(await stage().end(task)).toMatchObject({ status: 'cancelled' })
    })

    it('records what comes for a task that has ended', async () => {
      const task = await stage().publish('line')
      await stage().end(task)
      await stage().cancel(task)

      const late = await stage().until(async () => {
        const records = await stage().world.store.read(streamName.team('contract'))
        return records.find(({ correlationId, kind }) => correlationId === task && kind !== 'deployed')
      })
      expect(late.kind).toBe('ignored')
      expect(await stage().world.store.pendingOf(streamName.task('contract', task))).toEqual([])
    })
  })
}
