import type { BlobStore, SnapshotStore } from './cache-store.ts'
import type { EventStore } from './event-store.ts'
import type { Ownership, PendingStore } from './pending-store.ts'
import type { ProjectionStore } from './projection-store.ts'
import type { Revocations } from './revocations.ts'
import type { TaskQueue } from './task-queue.ts'

/** All that a store adapter offers, for one tenant. Callers ask for the part they need. */
export interface Store
  extends
    EventStore,
    PendingStore,
    TaskQueue,
    Ownership,
    Revocations,
    SnapshotStore,
    BlobStore,
    ProjectionStore,
    AsyncDisposable {
  readonly tenant: string
}
