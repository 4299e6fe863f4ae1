import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { genesis } from '@roster/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pgliteStore } from '../../src/index.ts'
import { runChild } from '../child.ts'

const kills = 20

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-kill-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('a folder whose process is killed', () => {
  it(
    `loses nothing that was acknowledged and doubles nothing, ${kills} times under load`,
    { timeout: 900_000 },
    async () => {
      const acknowledged: string[] = []
      for (let kill = 0; kill < kills; kill++) {
        const child = runChild('pglite/append-until-killed.ts', folder, String(kill))
        await child.printed(20 + 7 * kill)
        await child.kill()
        expect(child.lines.length).toBeGreaterThanOrEqual(20)
        acknowledged.push(...child.lines.slice(1))
      }

      await using store = await pgliteStore({ tenant: 'acme', dataDir: folder })
      const records = await store.readAll(0, 1_000_000)
      const stored = records.map(({ id }) => id)
      expect(new Set(stored).size).toBe(stored.length)
      expect(new Set(stored).isSupersetOf(new Set(acknowledged))).toBe(true)
      expect(records.map(({ position }) => position)).toEqual(records.map((_, index) => index + 1))

      const ends = new Map<string, { readonly version: number; readonly hash: string }>()
      for (const { stream, version, previousHash, hash } of records) {
        const end = ends.get(stream) ?? { version: 0, hash: genesis }
        expect({ version, previousHash }).toEqual({ version: end.version + 1, previousHash: end.hash })
        ends.set(stream, { version, hash })
      }
      expect((await store.heads()).map(({ stream, version, hash }) => [stream, { version, hash }])).toEqual(
        [...ends].toSorted(([one], [other]) => (one < other ? -1 : 1)),
      )
      const pending = await Promise.all([...ends.keys()].map((stream) => store.pendingOf(stream)))
      expect(pending.flat().length).toBe(stored.length)
    },
  )

  it('is made anew when its process died while making it', async () => {
    await mkdir(join(folder, 'postgres', 'base'), { recursive: true })
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '18\n')
    await using store = await pgliteStore({ tenant: 'acme', dataDir: folder })
    expect(await store.readAll(0)).toEqual([])
  })

  it('gives its partitions and effects to the next process at once', async () => {
    const first = await pgliteStore({ tenant: 'acme', dataDir: folder })
    expect(await first.claim('host', 600_000)).toHaveLength(32)
    await first[Symbol.asyncDispose]()
    await using second = await pgliteStore({ tenant: 'acme', dataDir: folder })
    const fences = await second.claim('other host', 600_000)
    expect(fences.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 32 }, () => 2))
  })
})
