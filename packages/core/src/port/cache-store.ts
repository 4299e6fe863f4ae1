import type { StreamName } from '../stream/stream-name.ts'
import type { Version } from '../stream/version.ts'

/** Snapshots are a cache: deleting all of them changes nothing but speed. */
export interface SnapshotStore {
  /** Keeps an actor's state at a version, unless a later one is kept. */
  saveSnapshot(stream: StreamName, version: Version, state: string): Promise<void>
  loadSnapshot(stream: StreamName): Promise<{ readonly version: Version; readonly state: string } | undefined>
  /** Deletes all snapshots; answers how many there were. */
  deleteSnapshots(): Promise<number>
}

/** Large payloads, stored once by the SHA-256 of their text. */
export interface BlobStore {
  putBlob(text: string): Promise<string>
  getBlob(hash: string): Promise<string | undefined>
}
