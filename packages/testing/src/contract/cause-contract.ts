import { amounts, type AppendRequest } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { newEffect, newMessage, newTimer } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { kinds, Scene } from './scene.ts'

/** Exactly once: an append consumes its cause, and inserts and cancels others. */
export function causeContract(open: OpenStore): void {
  describe('cause', () => {
    it.each([newMessage('c'), newTimer('c'), newEffect('c')])(
      'is consumed by the append of its record: a $kind',
      async (pending) => {
        await using scene = await Scene.open(open)
        await scene.bring(pending)
        await scene.stored(scene.request({ cause: { id: 'c' } }))
        expect(await scene.store.pendingOf('acme/agent/ada')).toEqual([])
      },
    )

    it('is a duplicate once it is consumed, with the version of the stream now', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('c'))
      const request = scene.request({ cause: { id: 'c' } })
      await scene.stored(request)
      await scene.stored(scene.request({ after: request.record }))
      expect(await scene.append(request)).toEqual([{ kind: 'duplicate', version: 2 }])
      expect(await scene.store.readAll(0)).toHaveLength(2)
    })

    it('is a duplicate when it never was', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.append(scene.request({ cause: { id: 'never' } }))).toEqual([{ kind: 'duplicate', version: 0 }])
      expect(await scene.store.head('acme/agent/ada')).toBeUndefined()
    })

    it('makes the retry of a whole call answer duplicate throughout, changing nothing', async () => {
      await using scene = await Scene.open(open)
      const streams = Array.from({ length: 64 }, (_, index) => `acme/agent/colleague-${index}`)
      await scene.bring(...streams.map((stream) => newMessage(`to ${stream}`, { stream })))
      const requests = streams.map((stream) =>
        scene.request({
          stream,
          cause: { id: `to ${stream}` },
          pending: [newMessage(`from ${stream}`, { sender: stream })],
        }),
      )
      await scene.stored(...requests)
      await scene.store.append([scene.request({ stream: 'acme/agent/last', cause: null })])
      expect(await scene.append(...requests)).toEqual(streams.map(() => ({ kind: 'duplicate', version: 1 })))
      expect(await scene.store.readAll(0)).toHaveLength(65)
      expect(await scene.store.pendingOf('acme/agent/ada')).toHaveLength(64)
    })

    it('is consumed once within one call', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('c'))
      const first = scene.request({ cause: { id: 'c' } })
      const second = scene.request({ after: first.record, cause: { id: 'c' } })
      expect(await scene.append(first, second)).toEqual([
        { kind: 'appended', version: 1, position: 1 },
        { kind: 'duplicate', version: 1 },
      ])
    })

    it('is consumed once by 8 callers at once', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('c'))
      const results = await Promise.all(
        Array.from({ length: 8 }, () => scene.append(scene.request({ cause: { id: 'c' } }))),
      )
      expect(kinds(results.flat()).toSorted()).toEqual(['appended', ...Array.from({ length: 7 }, () => 'duplicate')])
      expect(await scene.store.readAll(0)).toHaveLength(1)
    })

    it('that loses a race for the same version stays pending', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('one'), newMessage('other'))
      const [one, other] = await Promise.all(
        ['one', 'other'].map((id) => scene.append(scene.request({ cause: { id } }))),
      )
      expect(kinds([...(one ?? []), ...(other ?? [])]).toSorted()).toEqual(['appended', 'conflict'])
      expect(await scene.pendingIds('acme/agent/ada')).toEqual([one?.[0]?.kind === 'conflict' ? 'one' : 'other'])
    })

    const refusals: readonly (readonly [string, (request: AppendRequest) => AppendRequest])[] = [
      ['fenced', (request) => ({ ...request, fence: { partition: request.fence?.partition ?? 0, epoch: 99_999 } })],
      ['conflict', (request) => ({ ...request, expected: 7 })],
      [
        'over-limit',
        (request) => ({
          ...request,
          budget: [{ kind: 'hold', budget: 'none', hold: 'h', amounts: amounts({ tokens: 1 }) }],
        }),
      ],
    ]
    it.each(refusals)('of a request that is refused as %s stays pending, with its attempts', async (kind, refused) => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('c'), newTimer('t'))
      await scene.store.countAttempts(['c'])
      const request = scene.request({ cause: { id: 'c' }, pending: [newMessage('new')], cancel: ['t'] })
      expect(kinds(await scene.append(refused(request)))).toEqual([kind])
      expect((await scene.store.pendingOf('acme/agent/ada')).map(({ id, attempts }) => [id, attempts])).toEqual([
        ['c', 1],
        ['t', 0],
      ])
      await scene.stored(request)
    })

    it('of a stream that has ended is consumed by another stream, which answers for it', async () => {
      await using scene = await Scene.open(open)
      const job = 'acme/agent/ada/job/1'
      await scene.stored(scene.request({ stream: job, final: true }))
      await scene.bring(newMessage('late', { stream: job }))
      await scene.stored(scene.request({ cause: { id: 'late' }, envelope: { kind: 'ignored' } }))
      expect(await scene.store.pendingOf(job)).toEqual([])
    })
  })

  describe('append of what comes next', () => {
    it('inserts messages, timers and effects with the record', async () => {
      await using scene = await Scene.open(open)
      await scene.stored(scene.request({ pending: [newMessage('m'), newTimer('t'), newEffect('e')] }))
      expect((await scene.store.pendingOf('acme/agent/ada')).map(({ id, kind }) => [id, kind])).toEqual([
        ['m', 'message'],
        ['t', 'timer'],
        ['e', 'effect'],
      ])
    })

    it('changes nothing for an id that is pending already', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('m', { body: '"first"' }))
      await scene.stored(scene.request({ pending: [newMessage('m', { body: '"second"' }), newMessage('n')] }))
      expect((await scene.store.pendingOf('acme/agent/ada')).map(({ id, body }) => [id, body])).toEqual([
        ['m', '"first"'],
        ['n', '{"id":"n"}'],
      ])
    })

    it('removes what it cancels, wherever it is pending', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newTimer('mine'), newMessage('asked', { stream: 'acme/agent/bob' }), newMessage('stays'))
      await scene.stored(scene.request({ cancel: ['mine', 'asked', 'never was'] }))
      expect(await scene.pendingIds('acme/agent/ada')).toEqual(['stays'])
      expect(await scene.pendingIds('acme/agent/bob')).toEqual([])
    })

    it('makes what it cancels a duplicate for whoever comes with it later', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newTimer('t'))
      const request = scene.request({ cancel: ['t'] })
      await scene.stored(request)
      expect(await scene.append(scene.request({ after: request.record, cause: { id: 't' } }))).toEqual([
        { kind: 'duplicate', version: 1 },
      ])
    })
  })
}
