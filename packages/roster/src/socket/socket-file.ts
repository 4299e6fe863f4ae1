import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { RosterError } from '@roster/core'

/** How to reach the process that holds a folder: `<folder>/socket.json`, readable by its owner only. */
export interface SocketFile {
  readonly protocol: number
  readonly path: string
  readonly token: string
  readonly pid: number
}

const fileIn = (folder: string): string => join(folder, 'socket.json')

/** Written whole or not at all: a reader never sees half of it. */
export async function writeSocketFile(folder: string, contents: SocketFile): Promise<void> {
  const half = `${fileIn(folder)}.${contents.pid}`
  await rm(half, { force: true })
  await writeFile(half, JSON.stringify(contents), { mode: 0o600, flag: 'wx' })
  await rename(half, fileIn(folder))
}

/** Undefined where there is none, or none that can be understood. */
export async function readSocketFile(folder: string): Promise<SocketFile | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(fileIn(folder), 'utf8'))
    return isSocketFile(value) ? value : undefined
  } catch (error) {
    if (!isDenied(error)) return undefined
    throw new RosterError('store-locked', `the folder ${folder} belongs to somebody else`, {
      path: folder,
      hint: 'Run the command as the user whose team it is, or name another folder with --folder.',
      cause: error,
    })
  }
}

/** Removes the file, unless another process has written its own meanwhile. */
export async function removeSocketFile(folder: string, token: string): Promise<void> {
  const found = await readSocketFile(folder)
  if (found?.token === token) await rm(fileIn(folder), { force: true })
}

function isSocketFile(value: unknown): value is SocketFile {
  if (typeof value !== 'object' || value === null) return false
  const { protocol, path, token, pid } = value as Record<string, unknown>
  return (
    typeof protocol === 'number' && typeof path === 'string' && typeof token === 'string' && typeof pid === 'number'
  )
}

function isDenied(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'EACCES' || code === 'EPERM'
}
