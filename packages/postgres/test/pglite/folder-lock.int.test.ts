import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { folderHolder, lockFolder, pgliteStore } from '../../src/index.ts'
import { runChild } from '../child.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the lock of a folder', () => {
  it('is refused to a second process, which learns who has it', async () => {
    await using holder = runChild('pglite/hold-folder.ts', folder)
    await holder.printed(1)
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'store-locked',
      message: expect.stringContaining(String(holder.pid)),
    })
    expect(await folderHolder(folder)).toMatchObject({ pid: holder.pid })
  })

  it('is refused to a second taker in the same process', async () => {
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'store-locked',
      message: expect.stringContaining(String(process.pid)),
    })
    lock.release()
  })

  it('ends with its process, also by SIGKILL', async () => {
    const holder = runChild('pglite/hold-folder.ts', folder)
    await holder.printed(1)
    await holder.kill()
    const lock = await lockFolder(folder)
    lock.release()
  })

  it('is free after it was released', async () => {
    const first = await lockFolder(folder)
    first.release()
    expect(await folderHolder(folder)).toBeUndefined()
  })

  it('is given to one of 8 processes that come at once', async () => {
    const children = Array.from({ length: 8 }, () => runChild('pglite/try-folder.ts', folder))
    await Promise.all(children.map((child) => child.printed(1)))
    expect(children.flatMap(({ lines }) => lines).toSorted()).toEqual([
      'locked',
      ...Array.from({ length: 7 }, () => 'store-locked'),
    ])
    await Promise.all(children.map((child) => child.kill()))
  })

  it('stays with a process that has made a new store', async () => {
    await using holder = runChild('pglite/hold-store.ts', folder)
    await holder.printed(1)
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'store-locked' })
  })

  it('keeps a store from a folder that another has, and leaves the other unharmed', async () => {
    const first = await pgliteStore({ tenant: 'acme', dataDir: folder })
    await expect(pgliteStore({ tenant: 'acme', dataDir: folder })).rejects.toMatchObject({ code: 'store-locked' })
    expect(await first.readAll(0)).toEqual([])
    await first[Symbol.asyncDispose]()
    const second = await pgliteStore({ tenant: 'acme', dataDir: folder })
    await second[Symbol.asyncDispose]()
  })
})
