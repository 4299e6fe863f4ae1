import { partitionCount, type Fence } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { Scene, longLease, shortLease } from './scene.ts'
import type { OpenStore } from './opened-store.ts'

const partitions = (fences: readonly Fence[]): readonly number[] =>
  fences.map(({ partition }) => partition).toSorted((one, other) => one - other)
const all = Array.from({ length: partitionCount }, (_, index) => index)

/** Partitions have one owner at a time, known by its epoch. */
export function ownershipContract(open: OpenStore): void {
  describe('ownership', () => {
    it('gives all partitions to the first who claims', async () => {
      await using scene = await Scene.unowned(open)
      const { store } = scene
      expect(partitions(await store.claim('host-1', longLease))).toEqual(all)
    })

    it('gives as many as are wanted', async () => {
      await using scene = await Scene.unowned(open)
      const { store } = scene
      const first = await store.claim('host-1', longLease, 20)
      const second = await store.claim('host-2', longLease, 20)
      expect([first.length, second.length]).toEqual([20, 12])
      expect(partitions([...first, ...second])).toEqual(all)
      expect(await store.claim('host-3', longLease, 0)).toEqual([])
    })

    it('gives nothing that is owned, not even to its owner', async () => {
      await using scene = await Scene.unowned(open)
      const { store } = scene
      await store.claim('host-1', longLease)
      expect([await store.claim('host-2', longLease), await store.claim('host-1', longLease)]).toEqual([[], []])
    })

    it('gives what was released, under a higher epoch', async () => {
      await using scene = await Scene.unowned(open)
      const { store } = scene
      const before = await store.claim('host-1', longLease, 10)
      const others = await store.claim('host-2', longLease)
      await store.release('host-1')
      const after = await store.claim('host-3', longLease)
      expect(partitions(after)).toEqual(partitions(before))
      for (const { partition, epoch } of after)
        expect(epoch).toBeGreaterThan(before.find((fence) => fence.partition === partition)?.epoch ?? Infinity)
      expect(partitions(await store.renew('host-2', others, longLease))).toEqual(partitions(others))
    })

    it('gives what its owner let pass, under a higher epoch', async () => {
      await using scene = await Scene.unowned(open)
      const before = await scene.store.claim('host-1', shortLease)
      const after: Fence[] = []
      await scene.eventually(async () => {
        after.push(...(await scene.store.claim('host-2', longLease)))
        expect(partitions(after)).toEqual(all)
      })
      for (const { partition, epoch } of after)
        expect(epoch).toBeGreaterThan(before.find((fence) => fence.partition === partition)?.epoch ?? Infinity)
    })

    it('goes to one of 8 who claim at once', async () => {
      await using scene = await Scene.unowned(open)
      const { store } = scene
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) => store.claim(`host-${index}`, longLease, 8)),
      )
      const given = partitions(claims.flat())
      expect(new Set(given).size).toBe(given.length)
    })

    it('is renewed for what is still owned', async () => {
      await using scene = await Scene.unowned(open)
      const { store } = scene
      const fences = await store.claim('host-1', longLease, 3)
      expect(partitions(await store.renew('host-1', fences, longLease))).toEqual(partitions(fences))
    })

    it('is extended by a renewal', async () => {
      await using scene = await Scene.unowned(open)
      const { store, opened } = scene
      const fences = await store.claim('host-1', shortLease, 3)
      const renewed = await store.renew('host-1', fences, longLease)
      opened.advance?.(shortLease + 1)
      expect(partitions(await store.claim('host-2', longLease))).toEqual(
        all.filter((partition) => !partitions(renewed).includes(partition)),
      )
      expect(renewed).toHaveLength(3)
    })

    it('is not renewed by another, under another epoch, or after a release', async () => {
      await using scene = await Scene.unowned(open)
      const { store } = scene
      const fences = await store.claim('host-1', longLease, 3)
      const stale = fences.map(({ partition, epoch }) => ({ partition, epoch: epoch - 1 }))
      expect([await store.renew('host-2', fences, longLease), await store.renew('host-1', stale, longLease)]).toEqual([
        [],
        [],
      ])
      await store.release('host-1')
      expect(await store.renew('host-1', fences, longLease)).toEqual([])
    })

    it('is not renewed once another has claimed it', async () => {
      await using scene = await Scene.unowned(open)
      const { store } = scene
      const mine = await store.claim('host-1', longLease, 3)
      await store.release('host-1')
      await store.claim('host-2', longLease)
      expect(await store.renew('host-1', mine, longLease)).toEqual([])
    })
  })
}
