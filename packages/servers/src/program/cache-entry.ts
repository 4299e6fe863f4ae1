import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Why something could not be had. */
export interface Failed {
  readonly failed: string
}

/**
 * Sees to it that a folder of the cache exists; where it does not, `make` fills a folder beside it, which is moved in one step, so that neither an
 * interrupted download nor two processes at once leave half of one. Answers why it could not be filled; undefined where it is there.
 */
export async function fillCache(
  folder: string,
  make: (work: string) => Promise<Failed | undefined>,
): Promise<Failed | undefined> {
  if (existsSync(folder)) return undefined
  await mkdir(dirname(folder), { recursive: true })
  const work = await mkdtemp(`${folder}.`)
  try {
    const failed = await make(work)
    if (failed !== undefined) return failed
    await rename(work, folder).catch((error: unknown) => {
      // Another process was faster, and has made the same.
      if (!existsSync(folder)) throw error
    })
    return undefined
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
