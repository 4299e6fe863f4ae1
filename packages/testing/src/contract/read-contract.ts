import type { AppendRequest, StoredRecord } from '@roster/core'
import { describe, expect, it } from 'vitest'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

/** What comes back, and which part of it. */
export function readContract(open: OpenStore): void {
  describe('read', () => {
    it('gives a record back as it was sealed, with its position', async () => {
      await using scene = await Scene.open(open)
      const { record } = await five(scene)
      const expected: StoredRecord = { ...record, position: 1 }
      expect((await scene.store.read('acme/agent/ada'))[0]).toEqual(expected)
      expect((await scene.store.readAll(0))[0]).toEqual(expected)
      expect(await scene.store.readRecord(record.id)).toEqual(expected)
    })

    it.each([
      [undefined, [1, 2, 3, 4, 5]],
      [{ from: 3 }, [3, 4, 5]],
      [{ to: 2 }, [1, 2]],
      [{ from: 2, to: 4 }, [2, 3, 4]],
      [{ from: 3, to: 3 }, [3]],
      [{ from: 1, to: 99 }, [1, 2, 3, 4, 5]],
      [{ from: 0 }, [1, 2, 3, 4, 5]],
      [{ from: 6 }, []],
      [{ from: 4, to: 2 }, []],
    ])('reads versions by bounds that are included: %j', async (range, versions) => {
      await using scene = await Scene.open(open)
      await five(scene)
      expect((await scene.store.read('acme/agent/ada', range)).map(({ version }) => version)).toEqual(versions)
    })

    it('reads nothing of a stream that does not exist', async () => {
      await using scene = await Scene.open(open)
      await five(scene)
      expect(await scene.store.read('acme/agent/ad')).toEqual([])
      expect(await scene.store.read('acme/agent/ada/job/1')).toEqual([])
    })

    it('is not changed by a caller who changes what was read', async () => {
      await using scene = await Scene.open(open)
      await five(scene)
      const read = (await scene.store.read('acme/agent/ada'))[0] as { body: string | null }
      try {
        read.body = 'changed'
      } catch {
        // A frozen record is as good as a copy.
      }
      expect((await scene.store.read('acme/agent/ada'))[0]?.body).not.toBe('changed')
    })
  })

  describe('readAll', () => {
    it.each([
      [0, undefined, [1, 2, 3, 4, 5]],
      [3, undefined, [4, 5]],
      [5, undefined, []],
      [99, undefined, []],
      [1, 2, [2, 3]],
      [4, 10, [5]],
    ])('reads what comes after position %i, %s at most', async (after, limit, positions) => {
      await using scene = await Scene.open(open)
      await five(scene)
      expect((await scene.store.readAll(after, limit)).map(({ position }) => position)).toEqual(positions)
    })

    it('reads 1,000 records at most unless told', async () => {
      await using scene = await Scene.open(open)
      for (let batch = 0; batch < 17; batch++) {
        await scene.stored(
          ...Array.from({ length: 60 }, (_, index) => scene.request({ stream: `acme/agent/${batch}-${index}` })),
        )
      }
      const page = await scene.store.readAll(0)
      expect([page.length, page.at(-1)?.position]).toEqual([1000, 1000])
      expect((await scene.store.readAll(1000)).map(({ position }) => position)).toEqual(
        Array.from({ length: 20 }, (_, index) => 1001 + index),
      )
    })
  })

  describe('read by what a record is about', () => {
    it('gives all records of a task, across streams, in order of position', async () => {
      await using scene = await Scene.open(open)
      const of = (stream: string, correlationId: string): AppendRequest => scene.request({ stream, correlationId })
      await scene.stored(
        of('acme/task/1', 'one'),
        of('acme/task/2', 'other'),
        of('acme/agent/zoe', 'one'),
        of('acme/agent/ada', 'one'),
      )
      expect((await scene.store.readCorrelated('one')).map(({ stream }) => stream)).toEqual([
        'acme/task/1',
        'acme/agent/zoe',
        'acme/agent/ada',
      ])
      expect(await scene.store.readCorrelated('none')).toEqual([])
    })

    it('knows no record of an unknown id', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.store.readRecord('unknown')).toBeUndefined()
    })
  })
}

/** Stores five records of one stream; answers the first request. */
async function five(scene: Scene): Promise<AppendRequest> {
  const first = scene.request()
  const requests = [first]
  while (requests.length < 5) requests.push(scene.request({ after: requests.at(-1)?.record }))
  await scene.stored(...requests)
  return first
}
