import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

/** What fits into a socket's address everywhere: macOS has room for 103 bytes, Linux for 107. */
const maxPathBytes = 100

const prefix = 'roster-'

/**
 * Where the socket of a folder goes: into the folder; where that path is too long for a socket, into a new folder for temporary files that
 * only its owner can enter. What an earlier process left at that place is removed.
 */
export async function socketPath(folder: string): Promise<string> {
  const path = resolve(folder, 'socket')
  if (Buffer.byteLength(path) > maxPathBytes) return join(await mkdtemp(join(tmpdir(), prefix)), 'socket')
  await rm(path, { force: true })
  return path
}

/** Removes what a process left that was killed: its socket, and the folder that was made for it. */
export async function removeSocket(path: string, folder: string): Promise<void> {
  if (path === resolve(folder, 'socket')) return rm(path, { force: true })
  // The path was read from a file: nothing is removed but what socketPath itself could have made.
  const made = dirname(path)
  if (basename(path) === 'socket' && dirname(made) === resolve(tmpdir()) && basename(made).startsWith(prefix))
    await rm(made, { recursive: true, force: true })
}
