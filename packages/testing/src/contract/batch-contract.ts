import { amounts, type AppendRequest } from '@roster/core'
import { describe, expect, it } from 'vitest'
import type { OpenStore } from './opened-store.ts'
import { kinds, Scene } from './scene.ts'

/** Many requests in one call. */
export function batchContract(open: OpenStore): void {
  describe('append of many', () => {
    it('answers an empty append with nothing and takes no position', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.append()).toEqual([])
      expect(await scene.append(scene.request())).toEqual([{ kind: 'appended', version: 1, position: 1 }])
    })

    it('stores records of many streams in the order of the requests', async () => {
      await using scene = await Scene.open(open)
      const requests = colleagues(64).map((stream) => scene.request({ stream }))
      const results = await scene.append(...requests)
      expect(results).toEqual(requests.map((_, index) => ({ kind: 'appended', version: 1, position: index + 1 })))
      expect((await scene.store.readAll(0)).map(({ stream }) => stream)).toEqual(requests.map(({ stream }) => stream))
    })

    it('stores several records of one stream in order', async () => {
      await using scene = await Scene.open(open)
      const requests = history(scene, 'acme/agent/ada', 10)
      await scene.stored(...requests)
      expect((await scene.store.read('acme/agent/ada')).map(({ hash }) => hash)).toEqual(
        requests.map(({ record }) => record.hash),
      )
    })

    it('stores interleaved records of several streams in order', async () => {
      await using scene = await Scene.open(open)
      const [ada, bob] = [history(scene, 'acme/agent/ada', 3), history(scene, 'acme/agent/bob', 3)]
      await scene.stored(...ada.flatMap((request, index) => [request, bob[index] as AppendRequest]))
      expect((await scene.store.read('acme/agent/bob')).map(({ version, position }) => [version, position])).toEqual([
        [1, 2],
        [2, 4],
        [3, 6],
      ])
    })

    it('leaves 61 neighbours of three refused requests alone, and gives no position to the refused', async () => {
      await using scene = await Scene.open(open)
      const requests = colleagues(64).map((stream) => scene.request({ stream }))
      const [first, , third] = requests as [AppendRequest, AppendRequest, AppendRequest]
      requests[0] = { ...first, cause: { id: 'gone' } }
      requests[2] = { ...third, expected: 7 }
      requests[40] = {
        ...(requests[40] as AppendRequest),
        fence: { partition: scene.fence(third.stream).partition, epoch: 99_999 },
      }
      const results = await scene.append(...requests)
      expect([results[0], results[2], results[40]]).toEqual([
        { kind: 'duplicate', version: 0 },
        { kind: 'conflict', actual: 0 },
        { kind: 'fenced' },
      ])
      expect(kinds(results).filter((kind) => kind === 'appended')).toHaveLength(61)
      expect((await scene.store.readAll(0)).map(({ position }) => position)).toEqual(
        Array.from({ length: 61 }, (_, index) => index + 1),
      )
    })

    const refusals: readonly (readonly [string, (request: AppendRequest) => AppendRequest])[] = [
      ['a duplicate', (request) => ({ ...request, cause: { id: 'gone' } })],
      [
        'a fenced one',
        (request) => ({ ...request, fence: { partition: request.fence?.partition ?? 0, epoch: 99_999 } }),
      ],
      ['a conflict', (request) => ({ ...request, expected: 7 })],
      [
        'one over a limit',
        (request) => ({
          ...request,
          budget: [{ kind: 'hold', budget: 'none', hold: 'h', amounts: amounts({ tokens: 1 }) }],
        }),
      ],
    ]
    it.each(refusals)('answers conflict to a later request of the same stream after %s', async (_, refused) => {
      await using scene = await Scene.open(open)
      const before = scene.request()
      await scene.stored(before)
      const first = scene.request({ after: before.record })
      const second = scene.request({ after: first.record })
      const other = scene.request({ stream: 'acme/agent/bob' })
      const [, ...later] = await scene.append(refused(first), second, other)
      expect(later).toEqual([
        { kind: 'conflict', actual: 1 },
        { kind: 'appended', version: 1, position: 2 },
      ])
    })

    it('answers conflict to a request that would fit the stream, after a refused one of it', async () => {
      await using scene = await Scene.open(open)
      const fits = scene.request()
      expect(await scene.append({ ...fits, expected: 7 }, fits)).toEqual([
        { kind: 'conflict', actual: 0 },
        { kind: 'conflict', actual: 0 },
      ])
    })

    it('names the version that the stream has within the call', async () => {
      await using scene = await Scene.open(open)
      const [first, second] = history(scene, 'acme/agent/ada', 2) as [AppendRequest, AppendRequest]
      expect(await scene.append(first, second, first)).toEqual([
        { kind: 'appended', version: 1, position: 1 },
        { kind: 'appended', version: 2, position: 2 },
        { kind: 'conflict', actual: 2 },
      ])
    })
  })

  describe('append by many callers at once', () => {
    it('gives gapless positions in the order of each stream', async () => {
      await using scene = await Scene.open(open)
      await Promise.all(
        colleagues(16).map(async (stream) => {
          for (const request of history(scene, stream, 4)) await scene.stored(request)
        }),
      )
      const records = await scene.store.readAll(0)
      expect(records.map(({ position }) => position)).toEqual(Array.from({ length: 64 }, (_, index) => index + 1))
      for (const stream of colleagues(16)) {
        expect(records.filter((record) => record.stream === stream).map(({ version }) => version)).toEqual([1, 2, 3, 4])
      }
    })

    it('lets one of 16 callers with the same expected version win', async () => {
      await using scene = await Scene.open(open)
      const callers = Array.from({ length: 16 }, (_, index) => scene.request({ envelope: { id: `try-${index}` } }))
      const results = (await Promise.all(callers.map((request) => scene.append(request)))).flat()
      expect(kinds(results).filter((kind) => kind === 'appended')).toHaveLength(1)
      expect(results.filter(({ kind }) => kind !== 'appended')).toEqual(
        Array.from({ length: 15 }, () => ({ kind: 'conflict', actual: 1 })),
      )
      expect(await scene.store.read('acme/agent/ada')).toHaveLength(1)
    })
  })
}

function colleagues(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `acme/agent/colleague-${index}`)
}

/** Requests that make up a stream from its beginning. */
function history(scene: Scene, stream: string, length: number): readonly AppendRequest[] {
  const requests: AppendRequest[] = []
  while (requests.length < length) requests.push(scene.request({ stream, after: requests.at(-1)?.record }))
  return requests
}
