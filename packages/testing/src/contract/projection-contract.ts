import type { Projection } from '@roster/core'
import { describe, expect, it } from 'vitest'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

/** How many records each stream has. */
const lengths: Projection = {
  name: 'lengths',
  version: 1,
  keys: ({ stream }) => [stream],
  apply: ({ stream }, view) => view.put(stream, String(Number(view.get(stream) ?? '0') + 1)),
}

/** A row for each record, under a key that its id names. */
const ids: Projection = {
  name: 'ids',
  version: 1,
  keys: ({ id }) => [id],
  apply: ({ id, version }, view) => view.put(id, String(version)),
}

/** Folds of the records, each with its checkpoint. */
export function projectionContract(open: OpenStore): void {
  describe('projection', () => {
    it('folds all records and answers its checkpoint', async () => {
      await using scene = await Scene.open(open)
      await records(scene, 'ada', 'bob', 'cleo')
      expect(await scene.store.catchUp(lengths)).toBe(3)
      expect(await scene.store.rows('lengths')).toEqual(
        ['ada', 'bob', 'cleo'].map((name) => ({ key: `acme/agent/${name}`, value: '1' })),
      )
    })

    it('answers 0 in an empty store', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.store.catchUp(lengths)).toBe(0)
      expect(await scene.store.rows('lengths')).toEqual([])
    })

    it('folds only what is new, on top of what it has', async () => {
      await using scene = await Scene.open(open)
      const first = scene.request()
      await scene.stored(first)
      await scene.store.catchUp(lengths)
      await scene.stored(scene.request({ after: first.record }))
      expect(await scene.store.catchUp(lengths)).toBe(2)
      expect(await scene.store.catchUp(lengths)).toBe(2)
      expect(await scene.store.rows('lengths')).toEqual([{ key: first.stream, value: '2' }])
    })

    it('folds each of 1,200 records once, in order, however they are batched', async () => {
      await using scene = await Scene.open(open)
      for (let batch = 0; batch < 20; batch++)
        await records(scene, ...Array.from({ length: 60 }, (_, index) => `${batch}-${index}`))
      const positions: Projection = {
        name: 'positions',
        version: 1,
        keys: () => ['last', 'count'],
        apply({ position }, view) {
          if (position !== Number(view.get('last') ?? '0') + 1)
            throw new Error(`position ${position} follows ${view.get('last')}`)
          view.put('last', String(position))
          view.put('count', String(Number(view.get('count') ?? '0') + 1))
        },
      }
      expect(await scene.store.catchUp(positions)).toBe(1200)
      expect(await scene.store.rows('positions')).toEqual([
        { key: 'count', value: '1200' },
        { key: 'last', value: '1200' },
      ])
    })

    it('folds each record once when 4 callers catch up at once', async () => {
      await using scene = await Scene.open(open)
      await records(scene, ...Array.from({ length: 50 }, (_, index) => `${index}`))
      const counted: Projection = {
        ...lengths,
        name: 'counted',
        keys: () => ['all'],
        apply: (_record, view) => view.put('all', `${view.get('all') ?? ''}.`),
      }
      const checkpoints = await Promise.all(Array.from({ length: 4 }, () => scene.store.catchUp(counted)))
      expect(checkpoints).toEqual([50, 50, 50, 50])
      expect(await scene.store.rows('counted')).toEqual([{ key: 'all', value: '.'.repeat(50) }])
    })

    it('may delete what it put', async () => {
      await using scene = await Scene.open(open)
      const open_: Projection = {
        name: 'open',
        version: 1,
        keys: ({ stream }) => [stream],
        apply: ({ stream, version }, view) => (version === 1 ? view.put(stream, 'open') : view.delete(stream)),
      }
      const [ada, bob] = [scene.request(), scene.request({ stream: 'acme/agent/bob' })]
      await scene.stored(ada, bob)
      await scene.store.catchUp(open_)
      await scene.stored(scene.request({ after: ada.record }))
      await scene.store.catchUp(open_)
      expect(await scene.store.rows('open')).toEqual([{ key: bob.stream, value: 'open' }])
    })

    it('sees what it put and deleted for an earlier record of the same batch', async () => {
      await using scene = await Scene.open(open)
      await records(scene, 'a', 'b', 'c', 'd')
      const toggled: Projection = {
        name: 'toggled',
        version: 1,
        keys: () => ['k'],
        apply: ({ stream }, view) => (view.get('k') === undefined ? view.put('k', stream) : view.delete('k')),
      }
      await scene.store.catchUp(toggled)
      expect(await scene.store.rows('toggled')).toEqual([])
      await records(scene, 'e')
      await scene.store.catchUp(toggled)
      expect(await scene.store.rows('toggled')).toEqual([{ key: 'k', value: 'acme/agent/e' }])
    })

    it('leaves rows and checkpoint as they were when its fold throws, and goes on when that is mended', async () => {
      await using scene = await Scene.open(open)
      await records(scene, 'a')
      await scene.store.catchUp(lengths)
      await records(scene, 'b', 'broken', 'c')
      const breaks: Projection = {
        ...lengths,
        apply(record, view) {
          if (record.stream.endsWith('broken')) throw new Error('this record is too much')
          lengths.apply(record, view)
        },
      }
      await expect(scene.store.catchUp(breaks)).rejects.toThrow('this record is too much')
      expect(await scene.store.lag('lengths')).toEqual({ checkpoint: 1, end: 4 })
      expect(await scene.store.rows('lengths')).toEqual([{ key: 'acme/agent/a', value: '1' }])
      expect(await scene.store.catchUp(lengths)).toBe(4)
      expect((await scene.store.rows('lengths')).map(({ value }) => value)).toEqual(['1', '1', '1', '1'])
    })

    it('may not touch a key that it did not name', async () => {
      await using scene = await Scene.open(open)
      await records(scene, 'a')
      const nosy: Projection = {
        name: 'nosy',
        version: 1,
        keys: () => ['mine'],
        apply: (_record, view) => view.put('yours', '1'),
      }
      await expect(scene.store.catchUp(nosy)).rejects.toThrow('yours')
      await expect(scene.store.catchUp({ ...nosy, apply: (_record, view) => void view.get('yours') })).rejects.toThrow(
        'yours',
      )
      expect(await scene.store.rows('nosy')).toEqual([])
    })

    it('is rebuilt from the start when its version changes', async () => {
      await using scene = await Scene.open(open)
      await records(scene, 'a', 'b')
      await scene.store.catchUp(lengths)
      const second: Projection = {
        ...lengths,
        version: 2,
        keys: ({ stream }) => [`2 ${stream}`],
        apply: ({ stream }, view) => view.put(`2 ${stream}`, 'new'),
      }
      expect(await scene.store.catchUp(second)).toBe(2)
      expect(await scene.store.rows('lengths')).toEqual(
        ['a', 'b'].map((name) => ({ key: `2 acme/agent/${name}`, value: 'new' })),
      )
    })

    it('is rebuilt from the start after it was dropped, and is the same again', async () => {
      await using scene = await Scene.open(open)
      await records(scene, 'a', 'b')
      await scene.store.catchUp(lengths)
      const before = await scene.store.rows('lengths')
      await scene.store.drop('lengths')
      expect([await scene.store.rows('lengths'), await scene.store.lag('lengths')]).toEqual([
        [],
        { checkpoint: 0, end: 2 },
      ])
      await scene.store.catchUp(lengths)
      expect(await scene.store.rows('lengths')).toEqual(before)
      await scene.store.drop('never was')
    })

    it('is apart from others', async () => {
      await using scene = await Scene.open(open)
      await records(scene, 'a')
      await scene.store.catchUp(lengths)
      await records(scene, 'b')
      await scene.store.catchUp(ids)
      expect(await scene.store.rows('lengths')).toHaveLength(1)
      expect(await scene.store.rows('ids')).toHaveLength(2)
      await scene.store.drop('lengths')
      expect(await scene.store.rows('ids')).toHaveLength(2)
    })

    it('lags by the records that it has not folded', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.store.lag('lengths')).toEqual({ checkpoint: 0, end: 0 })
      await records(scene, 'a', 'b')
      expect(await scene.store.lag('lengths')).toEqual({ checkpoint: 0, end: 2 })
      await scene.store.catchUp(lengths)
      await records(scene, 'c')
      expect(await scene.store.lag('lengths')).toEqual({ checkpoint: 2, end: 3 })
    })

    it('gives rows by prefix, taken literally, in order of key by bytes', async () => {
      await using scene = await Scene.open(open)
      const keys = ['A', 'Z', 'a', 'a%', 'a%1', 'a_', 'a_1', 'ab', String.raw`a\ `, 'b', 'é', '\uFF5E', '😀']
      await scene.stored(...keys.map((id, index) => scene.request({ stream: `acme/agent/${index}`, envelope: { id } })))
      await scene.store.catchUp(ids)
      const found = async (prefix?: string): Promise<readonly string[]> =>
        (await scene.store.rows('ids', prefix)).map(({ key }) => key)
      expect(await found()).toEqual(keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))))
      expect(await found('a%')).toEqual(['a%', 'a%1'])
      expect(await found('a_')).toEqual(['a_', 'a_1'])
      expect(await found('a\\')).toEqual([String.raw`a\ `])
      expect(await found('😀')).toEqual(['😀'])
      expect(await found('none')).toEqual([])
    })
  })
}

/** Stores the first record of each of these colleagues' streams. */
async function records(scene: Scene, ...names: readonly string[]): Promise<void> {
  await scene.stored(...names.map((name) => scene.request({ stream: `acme/agent/${name}` })))
}
