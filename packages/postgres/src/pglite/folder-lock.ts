import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { RosterError } from '@roster/core'

const lockFile = 'lock'
const holderFile = 'holder.json'

/** Who has a folder. */
export interface FolderHolder {
  readonly pid: number
}

/** A folder that this process has to itself, until it is released or the process ends, however it ends. */
export interface FolderLock {
  readonly folder: string
  release(): void
}

/**
 * Locks a folder for this process. Two processes on one PGlite folder would destroy it without a complaint.
 *
 * The lock is the kernel's: Node has no `flock`, but its built-in SQLite locks its file by `fcntl` (`LockFileEx` on Windows), and such a
 * lock ends with its process, also by SIGKILL, and holds between containers that share the folder. The alternatives are worse: a file made
 * with O_EXCL stays behind after a crash, and telling whether it is stale (pid, start time) and replacing it takes two steps, between which
 * a third process fits; pids repeat and differ between containers. An abstract socket is Linux only and blind to other network namespaces;
 * one with a file is left behind too. Nobody else may open `lock` in this process: closing any descriptor of it would give the lock away.
 *
 * @throws RosterError `store-locked`, which names the process that has it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const database = new DatabaseSync(join(folder, lockFile), { timeout: 0 })
  try {
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    if (!isBusy(error)) throw error
    throw await lockedBy(folder)
  }
  const holder: FolderHolder = { pid: process.pid }
  // Renamed into place, so that nobody reads half of it.
  const written = join(folder, `${holderFile}.${holder.pid}`)
  await writeFile(written, JSON.stringify(holder))
  await rename(written, join(folder, holderFile))
  return { folder, release: () => database.close() }
}

/** Who has a folder now; `undefined` when nobody has. */
export async function folderHolder(folder: string): Promise<FolderHolder | undefined> {
  try {
    const lock = await lockFolder(folder)
    lock.release()
    return undefined
  } catch {
    return await writtenHolder(folder)
  }
}

async function lockedBy(folder: string): Promise<RosterError> {
  const holder = await writtenHolder(folder)
  const who = holder === undefined ? 'another process' : `the process ${holder.pid}`
  return new RosterError('store-locked', `${who} has the folder ${folder}`, {
    path: folder,
    hint: 'Talk to that process, wait until it ends, or use another folder. Nothing is to be deleted: the lock ends with its holder.',
  })
}

/** Whoever took the lock a moment ago may not have written who it is. */
async function writtenHolder(folder: string): Promise<FolderHolder | undefined> {
  for (let tries = 0; tries < 10; tries++) {
    const holder = await readHolder(folder)
    if (holder !== undefined && isAlive(holder.pid)) return holder
    await delay(20)
  }
  return undefined
}

async function readHolder(folder: string): Promise<FolderHolder | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, holderFile), 'utf8')) as FolderHolder
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** SQLITE_BUSY */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
