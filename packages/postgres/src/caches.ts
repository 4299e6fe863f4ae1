import type { BlobStore, SnapshotStore } from '@roster/core'
import type { Database } from './database.ts'
import type { Int8 } from './tables.ts'

/** The latest snapshot of each stream. */
export function sqlSnapshots(database: Database, tenant: string): SnapshotStore {
  return {
    async saveSnapshot(stream, version, state) {
      await database.call('save_snapshot', [tenant, stream, version, state])
    },
    async loadSnapshot(stream) {
      const row = await database.kysely
        .selectFrom('snapshots')
        .select(['version', 'state'])
        .where('tenant', '=', tenant)
        .where('stream', '=', stream)
        .executeTakeFirst()
      return row === undefined ? undefined : { version: Number(row.version), state: row.state }
    },
    async deleteSnapshots() {
      const [row] = await database.call<{ delete_snapshots: Int8 }>('delete_snapshots', [tenant])
      return Number(row?.delete_snapshots ?? 0)
    },
  }
}

/** Large payloads by the SHA-256 of their UTF-8 bytes, which the database computes. */
export function sqlBlobs(database: Database, tenant: string): BlobStore {
  return {
    async putBlob(text) {
      const [row] = await database.call<{ put_blob: string }>('put_blob', [tenant, Buffer.from(text)])
      return row?.put_blob ?? ''
    },
    async getBlob(hash) {
      const row = await database.kysely
        .selectFrom('blobs')
        .select('content')
        .where('tenant', '=', tenant)
        .where('hash', '=', hash)
        .executeTakeFirst()
      return row === undefined ? undefined : Buffer.from(row.content).toString()
    },
  }
}
