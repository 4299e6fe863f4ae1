import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { lockFolder, type FolderLock } from './folder-lock.ts'
import { syncEntries, syncFolder } from './sync-folder.ts'
import { durableSettings, SyncedNodeFS } from './synced-node-fs.ts'

/** There since the database was made as a whole: what lacks it was being made when its process died, and held nothing. */
const completeFile = 'complete'
const dataFolder = 'postgres'

/** `-F` and the defaults for a server with many processes do not fit; WAL is kept small, as checkpoints are ours to make. */
const settings = ['-c', 'max_wal_size=64MB', '-c', 'min_wal_size=32MB']

export interface PGliteFolder {
  readonly pglite: PGlite
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
    const pglite = await open(join(folder, dataFolder), fsync)
    return {
      pglite,
      async complete() {
        if (isComplete) return
        // What made the database did not wait for the disk.
        if (fsync) await syncFolder(join(folder, dataFolder))
        await writeFile(join(folder, completeFile), '')
        // Not the files in it: closing a descriptor of `lock` would give the lock away.
        if (fsync) await syncEntries(folder)
      },
      close: () => close(pglite, lock),
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

async function close(pglite: PGlite, lock: FolderLock): Promise<void> {
  try {
    if (!pglite.closed) await pglite.close()
  } finally {
    lock.release()
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
