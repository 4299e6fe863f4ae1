import { describe, expect, it } from 'vitest'
import { sha256 } from '../id/sha256.ts'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

const ada = 'acme/agent/ada'

/** Snapshots, which may go, and payloads, which may not. */
export function cacheContract(open: OpenStore): void {
  describe('snapshot', () => {
    it('is kept at its version', async () => {
      await using scene = await Scene.open(open)
      await scene.store.saveSnapshot(ada, 3, '{"value":"busy"}')
      expect(await scene.store.loadSnapshot(ada)).toEqual({ version: 3, state: '{"value":"busy"}' })
      expect(await scene.store.loadSnapshot(`${ada}/job/1`)).toBeUndefined()
    })

    it('gives way to a later one, and to no earlier one', async () => {
      await using scene = await Scene.open(open)
      await scene.store.saveSnapshot(ada, 3, '3')
      await scene.store.saveSnapshot(ada, 5, '5')
      await scene.store.saveSnapshot(ada, 4, '4')
      expect(await scene.store.loadSnapshot(ada)).toEqual({ version: 5, state: '5' })
    })

    it('may be deleted with all others, which changes no record', async () => {
      await using scene = await Scene.open(open)
      await scene.stored(scene.request())
      await scene.store.saveSnapshot(ada, 1, '1')
      await scene.store.saveSnapshot('acme/agent/bob', 1, '1')
      expect([await scene.store.deleteSnapshots(), await scene.store.deleteSnapshots()]).toEqual([2, 0])
      expect(await scene.store.loadSnapshot(ada)).toBeUndefined()
      expect(await scene.store.read(ada)).toHaveLength(1)
    })
  })

  describe('blob', () => {
    it('is known by the SHA-256 of its text', async () => {
      await using scene = await Scene.open(open)
      const hash = await scene.store.putBlob('Grüße 😀')
      expect(hash).toBe(sha256('Grüße 😀'))
      expect(await scene.store.getBlob(hash)).toBe('Grüße 😀')
    })

    it('is stored once, also by 8 callers at once', async () => {
      await using scene = await Scene.open(open)
      const hashes = await Promise.all(Array.from({ length: 8 }, () => scene.store.putBlob('same')))
      expect(new Set(hashes)).toEqual(new Set([sha256('same')]))
      expect(await scene.store.getBlob(sha256('same'))).toBe('same')
    })

    it('is unknown until it is put', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.store.getBlob(sha256('never'))).toBeUndefined()
    })
  })
}
