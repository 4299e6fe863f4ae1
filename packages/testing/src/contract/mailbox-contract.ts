import { canonical, partitionCount, partitionOf, type Pending } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { newEffect, newMessage, newTimer } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

const ada = 'acme/agent/ada'
const everywhere = Array.from({ length: partitionCount }, (_, index) => index)
const ids = (rows: readonly Pending[]): readonly string[] => rows.map(({ id }) => id)

/** Messages and timers as they wait. */
export function mailboxContract(open: OpenStore): void {
  describe('mailbox', () => {
    it('gives a row back as it was inserted', async () => {
      await using scene = await Scene.open(open)
      const message = newMessage('m', {
        type: 'invoice',
        control: true,
        expiresAt: 5_000_000_000_000,
        body: canonical({ amount: '12.50' }),
      })
      await scene.bring(message)
      const [row] = (await scene.store.pendingOf(ada)) as [Pending]
      const { seq, insertedAt, ...rest } = row
      expect(rest).toEqual({ ...message, partition: partitionOf(ada), attempts: 0, deliveredAt: null })
      expect([Number.isSafeInteger(seq), Number.isSafeInteger(insertedAt)]).toEqual([true, true])
    })

    it('holds control first, then the oldest', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('1'), newMessage('stop', { control: true }), newMessage('2'))
      await scene.bring(newTimer('t'), newMessage('resume', { control: true }), newMessage('3'))
      expect(await scene.pendingIds(ada)).toEqual(['stop', 'resume', '1', '2', 't', '3'])
    })

    it('says how many messages wait for whom, the most first, and for how long', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.store.mailboxes()).toEqual([])
      await scene.bring(newMessage('1'), newTimer('t'), newMessage('2', { control: true }))
      await scene.bring(newMessage('3', { stream: 'acme/agent/bob' }))
      const depths = await scene.store.mailboxes()
      expect(depths.map(({ stream, messages }) => [stream, messages])).toEqual([
        [ada, 2],
        ['acme/agent/bob', 1],
      ])
      for (const { oldestMs } of depths) expect(oldestMs).toBeGreaterThanOrEqual(0)
    })

    it('holds messages of one sender in the order in which they were sent', async () => {
      await using scene = await Scene.open(open)
      const first = scene.request({ stream: 'acme/task/1', pending: [newMessage('z'), newMessage('y')] })
      await scene.stored(first)
      await scene.stored(
        scene.request({ stream: 'acme/task/1', after: first.record, pending: [newMessage('x'), newMessage('a')] }),
      )
      expect(await scene.pendingIds(ada)).toEqual(['z', 'y', 'x', 'a'])
    })

    it('holds messages of one call in the order of its requests', async () => {
      await using scene = await Scene.open(open)
      const senders = Array.from({ length: 20 }, (_, index) => `acme/task/${20 - index}`)
      await scene.stored(
        ...senders.map((stream) =>
          scene.request({ stream, pending: [newMessage(`a ${stream}`), newMessage(`b ${stream}`)] }),
        ),
      )
      expect(await scene.pendingIds(ada)).toEqual(senders.flatMap((stream) => [`a ${stream}`, `b ${stream}`]))
    })

    it('holds only what is its own', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(
        newMessage('ada'),
        newMessage('job', { stream: `${ada}/job/1` }),
        newMessage('adam', { stream: `${ada}m` }),
      )
      expect(await scene.pendingIds(ada)).toEqual(['ada'])
    })

    it('remembers that a message was delivered, of those that are there', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('m'), newMessage('n'))
      await scene.store.markDelivered(['m', 'gone'])
      expect((await scene.store.pendingOf(ada)).map(({ deliveredAt }) => deliveredAt !== null)).toEqual([true, false])
    })
  })

  describe('pending rows of partitions', () => {
    it('are those of the partitions asked for, in order of insertion', async () => {
      await using scene = await Scene.open(open)
      const streams = Array.from({ length: 40 }, (_, index) => `acme/${index % 2 === 0 ? 'agent' : 'task'}/${index}`)
      await scene.bring(...streams.map((stream) => newMessage(stream, { stream, control: stream.endsWith('7') })))
      expect(ids(await scene.store.pendingIn(everywhere, { dueBy: 0 }))).toEqual(streams)
      for (const partition of everywhere) {
        expect(ids(await scene.store.pendingIn([partition], { dueBy: 0 }))).toEqual(
          streams.filter((stream) => partitionOf(stream) === partition),
        )
      }
      expect(await scene.store.pendingIn([], { dueBy: 0 })).toEqual([])
    })

    it('are read page by page', async () => {
      await using scene = await Scene.open(open)
      const all = Array.from({ length: 10 }, (_, index) => `m-${9 - index}`)
      await scene.bring(...all.map((id) => newMessage(id)))
      const read: string[] = []
      for (let after = 0; ;) {
        const page = await scene.store.pendingIn(everywhere, { dueBy: 0, after, limit: 4 })
        read.push(...ids(page))
        expect(page.length).toBeLessThanOrEqual(4)
        if (page.length === 0) break
        after = page.at(-1)?.seq ?? 0
      }
      expect(read).toEqual(all)
    })

    it('include the timers that are due, and no later ones', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(
        newTimer('later', { dueAt: 2001 }),
        newTimer('now', { dueAt: 2000 }),
        newTimer('long ago', { dueAt: 1 }),
        newMessage('m'),
      )
      expect(ids(await scene.store.pendingIn(everywhere, { dueBy: 2000 }))).toEqual(['now', 'long ago', 'm'])
    })

    it('include effects that are nobody’s', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e'))
      expect(ids(await scene.store.pendingIn(everywhere, { dueBy: 0 }))).toEqual(['e'])
    })
  })

  describe('next timer', () => {
    it('is the earliest of the partitions asked for', async () => {
      await using scene = await Scene.open(open)
      const task = 'acme/task/1'
      await scene.bring(
        newTimer('a', { dueAt: 5_000_000_000_000 }),
        newTimer('b', { dueAt: 3000 }),
        newTimer('c', { dueAt: 1000, stream: task }),
      )
      expect(await scene.store.nextTimer(everywhere)).toBe(1000)
      expect(await scene.store.nextTimer([partitionOf(ada)])).toBe(3000)
      await scene.stored(scene.request({ cause: { id: 'b' } }))
      expect(await scene.store.nextTimer([partitionOf(ada)])).toBe(5_000_000_000_000)
    })

    it('is none where no timer is set', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('m'), newEffect('e'))
      expect(await scene.store.nextTimer(everywhere)).toBeNull()
      expect(await scene.store.nextTimer([])).toBeNull()
    })
  })

  describe('attempts', () => {
    it('are counted for each row that is there', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('m'), newMessage('n'))
      await scene.store.countAttempts(['m'])
      expect(await scene.store.countAttempts(['m', 'n', 'gone'])).toEqual(new Map([['m', 2], ['n', 1]])) // prettier-ignore
      expect((await scene.store.pendingOf(ada)).map(({ attempts }) => attempts)).toEqual([2, 1])
      expect(await scene.store.countAttempts([])).toEqual(new Map())
    })

    it('are given back, and are never fewer than none', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('m'), newMessage('n'))
      await scene.store.countAttempts(['m', 'n'])
      await scene.store.countAttempts(['m'])
      await scene.store.returnAttempts(['m', 'n', 'gone'])
      await scene.store.returnAttempts(['n'])
      expect((await scene.store.pendingOf(ada)).map(({ attempts }) => attempts)).toEqual([1, 0])
    })

    it('are all counted when 16 callers count at once', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('m'), newMessage('n'))
      const orders = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? ['m', 'n'] : ['n', 'm']))
      const counts = await Promise.all(orders.map((order) => scene.store.countAttempts(order)))
      const sorted = counts.map((count) => count.get('m') ?? 0).toSorted((one, other) => one - other)
      expect(sorted).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
    })
  })
}
