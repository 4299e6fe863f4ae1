import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { identityOf, isRunning, type ProcessIdentity } from '../process/process-identity.ts'

const POLL_MS = 100
/** A process that takes the lock writes its name at once; one that died in between never does. */
const NAMED_WITHIN_MS = 2_000

/** Does what changes a clone's servers while nobody else does; waits for a process that does, and takes over from one that died. */
export async function whileLocked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = join(folder, 'lock')
  for (let nameless = 0; !(await tryTake(file));) {
    const holder = await holderOf(file)
    nameless = holder === undefined ? nameless + POLL_MS : 0
    const died = holder !== undefined && !isRunning(holder)
    if (died || nameless > NAMED_WITHIN_MS) await rm(file, { force: true })
    else await delay(POLL_MS)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function tryTake(file: string): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(identityOf(process.pid)), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Undefined where it was released just now, or its holder has not written its name yet. */
async function holderOf(file: string): Promise<ProcessIdentity | undefined> {
  try {
    return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity) : undefined
  } catch {
    return undefined
  }
}
