import { mkdir, open, readFile, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { LedgerStorage } from './ledger.ts'

/** Keeps a ledger in a file such as `payments.jsonl`. Each append is on the disk, with its directory entry, when it resolves. */
export function fileStorage(path: string): LedgerStorage {
  return {
    read: async () => {
      try {
        return await readFile(path, 'utf8')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
        throw error
      }
    },
    append: async (text) => {
      await mkdir(dirname(path), { recursive: true })
      await using file = await open(path, 'a')
      await file.writeFile(text)
      await file.sync()
      await using folder = await open(dirname(path), 'r')
      await folder.sync()
    },
    keep: (text, characters) => truncate(path, Buffer.byteLength(text.slice(0, characters))),
  }
}
