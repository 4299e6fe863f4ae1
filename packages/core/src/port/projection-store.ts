import type { StoredRecord } from '../record/record.ts'
import type { Position } from '../stream/version.ts'

/** Rows of one read model: text under a key. Changes are kept in the transaction of the checkpoint. */
export interface View {
  get(key: string): string | undefined
  put(key: string, value: string): void
  delete(key: string): void
}

/** A fold of the records into a read model. Bump `version` when its logic changes: it is then rebuilt from the start. */
export interface Projection {
  readonly name: string
  readonly version: number
  /** The keys that this record may read or change; they are loaded before `apply`. */
  keys(record: StoredRecord): readonly string[]
  apply(record: StoredRecord, view: View): void
}

/** Read models, each with its checkpoint in the same transaction. */
export interface ProjectionStore {
  /** Folds what is new, in batches, until the end; answers the checkpoint. Concurrent callers wait for one another. */
  catchUp(projection: Projection): Promise<Position>
  /** Rows whose key begins with `prefix`, in order of key. Call {@link catchUp} first to see everything. */
  rows(projection: string, prefix?: string): Promise<readonly { readonly key: string; readonly value: string }[]>
  /** Drops the read model and its checkpoint. */
  drop(projection: string): Promise<void>
  /** Checkpoint and end of the tenant's order: the difference is the lag, in records. */
  lag(projection: string): Promise<{ readonly checkpoint: Position; readonly end: Position }>
}
