import { createHash } from 'node:crypto'
import type { BlobStore, SnapshotStore, StreamName, Version } from '@roster/core'

/** The latest snapshot of each stream. */
export function memorySnapshots(): SnapshotStore {
  const kept = new Map<StreamName, { readonly version: Version; readonly state: string }>()
  return {
    async saveSnapshot(stream, version, state) {
      if ((kept.get(stream)?.version ?? 0) <= version) kept.set(stream, Object.freeze({ version, state }))
    },
    loadSnapshot: async (stream) => kept.get(stream),
    async deleteSnapshots() {
      const count = kept.size
      kept.clear()
      return count
    },
  }
}

/** Large payloads by the SHA-256 of their UTF-8 bytes. */
export function memoryBlobs(): BlobStore {
  const texts = new Map<string, string>()
  return {
    async putBlob(text) {
      const hash = createHash('sha256').update(text).digest('hex')
      texts.set(hash, text)
      return hash
    },
    getBlob: async (hash) => texts.get(hash),
  }
}
