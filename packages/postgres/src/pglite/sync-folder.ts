import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Descriptors open at once: their flushes share the disk's. */
const atOnce = 8

/** Waits until a folder with all that is in it is on the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = [folder, ...entries.map(({ parentPath, name }) => join(parentPath, name))]
  const syncRest = async (): Promise<void> => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) await syncEntries(path)
  }
  await Promise.all(Array.from({ length: atOnce }, syncRest))
}

/** Waits until a file, or which entries a folder has, is on the disk. Of a folder nothing inside is opened. */
export async function syncEntries(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
