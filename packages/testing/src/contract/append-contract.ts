import { describe, expect, it } from 'vitest'
import { newMessage } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

/** Conditions of one append: expected version, the final record, and the end of a stream. */
export function appendContract(open: OpenStore): void {
  describe('append', () => {
    it('stores the first record of a stream as version 1 and answers its position', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.append(scene.request())).toEqual([{ kind: 'appended', version: 1, position: 1 }])
    })

    it('takes version 0 to mean that there is no stream', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.append(scene.request({ expected: 0 }))).toEqual([
        { kind: 'appended', version: 1, position: 1 },
      ])
    })

    it('stores the next record at the expected version', async () => {
      await using scene = await Scene.open(open)
      const first = scene.request()
      await scene.stored(first)
      expect(await scene.append(scene.request({ after: first.record }))).toEqual([
        { kind: 'appended', version: 2, position: 2 },
      ])
    })

    it('conflicts on no-stream when the stream exists, and names the actual version', async () => {
      await using scene = await Scene.open(open)
      const first = scene.request()
      await scene.stored(first, scene.request({ after: first.record }))
      expect(await scene.append(scene.request())).toEqual([{ kind: 'conflict', actual: 2 }])
    })

    it('conflicts on a version that is behind, and names the actual one', async () => {
      await using scene = await Scene.open(open)
      const first = scene.request()
      const second = scene.request({ after: first.record })
      await scene.stored(first, second, scene.request({ after: second.record }))
      expect(await scene.append(scene.request({ after: first.record }))).toEqual([{ kind: 'conflict', actual: 3 }])
    })

    it('conflicts on a version that is ahead, and names the actual one', async () => {
      await using scene = await Scene.open(open)
      const first = scene.request()
      const second = scene.request({ after: first.record })
      await scene.stored(first)
      expect(await scene.append(scene.request({ after: second.record }))).toEqual([{ kind: 'conflict', actual: 1 }])
    })

    it('conflicts on a version of a stream that does not exist, and names 0', async () => {
      await using scene = await Scene.open(open)
      const absent = scene.request()
      expect(await scene.append(scene.request({ after: absent.record }))).toEqual([{ kind: 'conflict', actual: 0 }])
      expect(await scene.store.head(absent.stream)).toBeUndefined()
    })

    it('leaves nothing behind of a request that conflicts', async () => {
      await using scene = await Scene.open(open)
      const budget = [
        {
          kind: 'grant',
          budget: 'b',
          parent: null,
          amounts: { costMicroUsd: 1, tokens: 1, modelCalls: 1, toolCalls: 1 },
        },
      ] as const
      await scene.stored(scene.request())
      await scene.append(scene.request({ pending: [newMessage('m')], budget, envelope: { id: 'refused' } }))
      expect(await scene.store.readAll(0)).toHaveLength(1)
      expect(await scene.store.readRecord('refused')).toBeUndefined()
      expect(await scene.store.pendingOf('acme/agent/ada')).toEqual([])
      expect(await scene.store.budget('b')).toBeUndefined()
    })

    it('takes no record after the final one, and names the actual version', async () => {
      await using scene = await Scene.open(open)
      const last = scene.request({ final: true })
      await scene.stored(last)
      expect(await scene.append(scene.request({ after: last.record }))).toEqual([{ kind: 'conflict', actual: 1 }])
      expect(await scene.store.head(last.stream)).toMatchObject({ version: 1, final: true })
    })

    it('takes no record after the final one in the same call', async () => {
      await using scene = await Scene.open(open)
      const last = scene.request({ final: true })
      const results = await scene.append(last, scene.request({ after: last.record }))
      expect(results).toEqual([
        { kind: 'appended', version: 1, position: 1 },
        { kind: 'conflict', actual: 1 },
      ])
    })

    it('knows the end of a stream', async () => {
      await using scene = await Scene.open(open)
      const first = scene.request()
      const second = scene.request({ after: first.record })
      await scene.stored(first, second)
      expect(await scene.store.head(first.stream)).toEqual({
        stream: first.stream,
        version: 2,
        hash: second.record.hash,
        final: false,
        revoked: false,
      })
    })

    it('knows no end of a stream that does not exist', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.store.head('acme/agent/nobody')).toBeUndefined()
    })

    it('lists the ends of all streams in order of name, by bytes', async () => {
      await using scene = await Scene.open(open)
      const names = [
        'acme/agent/Zoe',
        'acme/agent/ada',
        'acme/agent/ada-2',
        'acme/agent/ada/job/1',
        'acme/agent/ève',
        'acme/agent/\uFF5E',
        'acme/agent/😀',
      ]
      await scene.stored(...names.toReversed().map((stream) => scene.request({ stream })))
      expect((await scene.store.heads()).map(({ stream }) => stream)).toEqual(names)
    })
  })
}
