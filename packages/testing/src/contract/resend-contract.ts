import { describe, expect, it } from 'vitest'
import { newEffect, newMessage, newTimer } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { longLease, Scene, shortLease } from './scene.ts'

/** What is sent again, and what is missed by whoever received a later one. */
export function resendContract(open: OpenStore): void {
  describe('overdue messages', () => {
    const ids = async (scene: Scene, ageMs: number, notedAgeMs: number): Promise<readonly string[]> =>
      (await scene.store.overdue({ ageMs, notedAgeMs })).map(({ id }) => id)

    it('are those that nobody said to have for so long', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('m'), newMessage('n', { stream: 'acme/agent/bob' }))
      expect(await ids(scene, longLease, longLease)).toEqual([])
      await scene.eventually(async () => expect(await ids(scene, shortLease, longLease)).toEqual(['m', 'n']))
    })

    it('are those that somebody said to have for longer', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('m'), newMessage('n'))
      await scene.store.markDelivered(['m'])
      await scene.eventually(async () => expect(await ids(scene, shortLease, longLease)).toEqual(['n']))
      await scene.eventually(async () => expect(await ids(scene, longLease, shortLease)).toEqual(['m']))
    })

    it('are messages only', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newTimer('t'), newEffect('e'), newMessage('m'))
      expect(await ids(scene, 0, 0)).toEqual(['m'])
    })

    it('are read page by page, in order of insertion', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(...['c', 'b', 'a'].map((id) => newMessage(id)))
      const first = await scene.store.overdue({ ageMs: 0, notedAgeMs: 0, limit: 2 })
      const rest = await scene.store.overdue({ ageMs: 0, notedAgeMs: 0, limit: 2, after: first.at(-1)?.seq ?? 0 })
      expect([...first, ...rest].map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    })
  })

  describe('messages pending before others', () => {
    it('are the older ones of the same sender to the same recipient', async () => {
      await using scene = await Scene.open(open)
      const [sender, stream] = ['acme/task/2', 'acme/agent/bob']
      await scene.bring(
        newMessage('1'),
        newMessage('2', { sender }),
        newMessage('3', { stream }),
        newMessage('4'),
        newMessage('5'),
      )
      expect([...(await scene.store.pendingBefore(['5']))].toSorted()).toEqual(['1', '4'])
      expect([...(await scene.store.pendingBefore(['4', '2', '3']))].toSorted()).toEqual(['1'])
    })

    it('are messages only, and of messages only', async () => {
      await using scene = await Scene.open(open)
      const sender = 'acme/agent/ada'
      await scene.bring(newTimer('t'), newEffect('e'), newMessage('m', { sender }), newTimer('u'))
      expect(await scene.store.pendingBefore(['m', 'u', 'gone'])).toEqual([])
      expect(await scene.store.pendingBefore([])).toEqual([])
    })

    it('are gone once they were consumed', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('1'), newMessage('2'), newMessage('3'))
      await scene.stored(scene.request({ cause: { id: '1' } }))
      expect(await scene.store.pendingBefore(['3'])).toEqual(['2'])
    })
  })
}
