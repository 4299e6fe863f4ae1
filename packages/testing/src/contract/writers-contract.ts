import { amounts, type AppendRequest, type Position, type Store } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { newMessage } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { kinds, Scene } from './scene.ts'

/** Several writers, each with connections of its own. */
export function writersContract(open: OpenStore): void {
  describe('concurrent writers', () => {
    it('take positions without a gap, and a reader with a checkpoint skips none', async () => {
      await using scene = await Scene.open(open)
      const stores = await writers(scene, 4)
      const total = 4 * 4 * 15
      const read: Position[] = []
      const reader = await scene.another()
      const reading = (async () => {
        while (read.length < total)
          read.push(...(await reader.readAll(read.at(-1) ?? 0, 7)).map(({ position }) => position))
      })()
      await Promise.all([
        ...stores.flatMap((store, writer) => [0, 1, 2, 3].map((lane) => write(scene, store, `${writer}-${lane}`, 15))),
        reading,
      ])
      expect(read).toEqual(Array.from({ length: total }, (_, index) => index + 1))
    })

    it('win a version of a stream once', async () => {
      await using scene = await Scene.open(open)
      const stores = await writers(scene, 4)
      const results = await Promise.all(
        stores.map((store, index) => store.append([scene.request({ envelope: { id: `by-${index}` } })])),
      )
      expect(kinds(results.flat()).toSorted()).toEqual(['appended', 'conflict', 'conflict', 'conflict'])
      expect(await scene.store.read('acme/agent/ada')).toHaveLength(1)
    })

    it('consume a cause once', async () => {
      await using scene = await Scene.open(open)
      const stores = await writers(scene, 4)
      const causes = Array.from({ length: 10 }, (_, index) => `c-${index}`)
      await scene.bring(...causes.map((id) => newMessage(id, { stream: `acme/agent/${id}` })))
      const requests = causes.map((id) => scene.request({ stream: `acme/agent/${id}`, cause: { id } }))
      const orders = stores.map((_, index) => (index % 2 === 0 ? requests : requests.toReversed()))
      const results = await Promise.all(stores.map((store, index) => store.append(orders[index] ?? [])))
      expect(kinds(results.flat()).filter((kind) => kind === 'appended')).toHaveLength(10)
      expect(kinds(results.flat()).filter((kind) => kind === 'duplicate')).toHaveLength(30)
      expect(await scene.store.readAll(0)).toHaveLength(10)
    })

    it('do not overspend a budget', async () => {
      await using scene = await Scene.open(open)
      const grant = { budget: 'task', amounts: amounts({ tokens: 405 }) }
      await scene.store.accept({ client: 'client/test', key: 'task', answer: '{}', pending: [], grant })
      const stores = await writers(scene, 4)
      const request = (stream: string): AppendRequest =>
        scene.request({
          stream,
          budget: [{ kind: 'hold', budget: 'task', hold: stream, amounts: amounts({ tokens: 10 }) }],
        })
      const calls = Array.from({ length: 64 }, (_, index) =>
        (stores[index % 4] as Store).append([request(`acme/agent/${index}`)]),
      )
      const results = (await Promise.all(calls)).flat()
      expect(kinds(results).filter((kind) => kind === 'appended')).toHaveLength(40)
      expect((await scene.store.budget('task'))?.held.tokens).toBe(400)
    })

    it('neither block nor lose one another when they send to each other’s actors', async () => {
      await using scene = await Scene.open(open)
      const stores = await writers(scene, 4)
      const streams = Array.from({ length: 16 }, (_, index) => `acme/agent/${index}`)
      const requests = (writer: number): readonly AppendRequest[] =>
        streams.map((stream) => {
          const own = `acme/task/${writer}-${stream.slice('acme/agent/'.length)}`
          return scene.request({ stream: own, pending: [newMessage(`${own} to ${stream}`, { stream, sender: own })] })
        })
      await Promise.all(
        stores.map((store, writer) =>
          store.append(writer % 2 === 0 ? requests(writer) : requests(writer).toReversed()),
        ),
      )
      for (const stream of streams) expect(await scene.store.pendingOf(stream)).toHaveLength(4)
    })
  })
}

function writers(scene: Scene, count: number): Promise<readonly Store[]> {
  return Promise.all(Array.from({ length: count }, () => scene.another()))
}

/** Writes a stream from its beginning, record by record. */
async function write(scene: Scene, store: Store, name: string, length: number): Promise<void> {
  let last: AppendRequest['record'] | undefined
  for (let version = 1; version <= length; version++) {
    const request = scene.request({ stream: `acme/agent/${name}`, after: last })
    expect(kinds(await store.append([request]))).toEqual(['appended'])
    last = request.record
  }
}
