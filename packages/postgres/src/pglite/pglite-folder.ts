import { access, mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { RosterError } from '@roster/core'
import { lockFolder, type FolderLock } from './folder-lock.ts'
import { PGliteGate } from './pglite-gate.ts'
import { syncEntries, syncFolder } from './sync-folder.ts'
import { durableSettings, SyncedNodeFS } from './synced-node-fs.ts'

/** There since the database was made as a whole: what lacks it was being made when its process died, and held nothing. */
const completeFile = 'complete'
const dataFolder = 'postgres'

/** `-F` and the defaults for a server with many processes do not fit; WAL is kept small, as checkpoints are ours to make. */
const settings = ['-c', 'max_wal_size=64MB', '-c', 'min_wal_size=32MB']

const megabyte = 1024 * 1024
const bytesToBegin = 128 * megabyte
const bytesToGoOn = 32 * megabyte

export interface PGliteFolder {
  readonly gate: PGliteGate
  /** Tells that the schema is there. From now on the folder is kept whatever happens. */
  complete(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the database in a folder, which is locked until it is closed. Layout: `lock` and `holder.json` (who has it), `complete`, and
 * `postgres` with the database.
 *
 * @throws RosterError `store-locked`
 */
export async function openPGliteFolder(folder: string, fsync: boolean): Promise<PGliteFolder> {
  await mkdir(folder, { recursive: true })
  const lock = await lockFolder(folder)
  try {
    const isComplete = await exists(join(folder, completeFile))
    if (!isComplete) await rm(join(folder, dataFolder), { recursive: true, force: true })
    await assertSpace(folder, isComplete ? bytesToGoOn : bytesToBegin)
    const gate = new PGliteGate(await open(join(folder, dataFolder), fsync))
    return {
      gate,
      async complete() {
        if (isComplete) return
        // What made the database did not wait for the disk.
        if (fsync) await syncFolder(join(folder, dataFolder))
        await writeFile(join(folder, completeFile), '')
        // Not the files in it: closing a descriptor of `lock` would give the lock away.
        if (fsync) await syncEntries(folder)
      },
      close: () => close(gate, lock),
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function open(dataDir: string, fsync: boolean): Promise<PGlite> {
  if (!fsync) return PGlite.create({ dataDir, startParams: [...PGlite.defaultStartParams, ...settings] })
  const startParams = [
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    ...settings,
    ...durableSettings,
  ]
  return PGlite.create({ fs: new SyncedNodeFS(dataDir), startParams })
}

async function close(gate: PGliteGate, lock: FolderLock): Promise<void> {
  try {
    await gate.close()
  } finally {
    lock.release()
  }
}

/** A disk that gets full while a database is made or recovers ends the process of PostgreSQL instead of being reported. */
async function assertSpace(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free >= needed) return
  throw new RosterError('disk-full', `${folder} has ${free} bytes free, and the database needs ${needed} to start`, {
    path: folder,
    hint: 'Free some space, or choose a folder on another disk.',
  })
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
