import type { Clock, Store } from '@roster/core'
import { MemoryBudgets } from './memory-budgets.ts'
import { memoryBlobs, memorySnapshots } from './memory-cache.ts'
import { memoryEventStore } from './memory-event-store.ts'
import { MemoryLog } from './memory-log.ts'
import { memoryOwnership, MemoryPartitions } from './memory-partitions.ts'
import { memoryPending } from './memory-pending.ts'
import { memoryProjections } from './memory-projections.ts'
import { MemoryQueue, memoryTaskQueue } from './memory-queue.ts'
import { MemoryRows } from './memory-rows.ts'

export interface MemoryStoreOptions {
  readonly tenant: string
  /** What leases and times of insertion are measured by. */
  readonly clock: Clock
}

/** A store that lives as long as it is referred to. */
export type MemoryStore = Store

/**
 * A store in memory, for tests and simulations. Several hosts of one process may share it: it outlives each of them, which is what a
 * crash of a host looks like from a database. Disposing of it changes nothing.
 */
export function memoryStore({ tenant, clock }: MemoryStoreOptions): MemoryStore {
  const log = new MemoryLog()
  const rows = new MemoryRows(clock)
  const budgets = new MemoryBudgets()
  const queue = new MemoryQueue(log, rows, clock)
  const partitions = new MemoryPartitions(clock)
  return {
    tenant,
    ...memoryEventStore({ log, rows, budgets, partitions }),
    ...memoryPending(rows, queue, budgets, clock),
    ...memoryTaskQueue(queue),
    ...memoryOwnership(partitions),
    ...memorySnapshots(),
    ...memoryBlobs(),
    ...memoryProjections(log),
    async revoke(streams) {
      for (const stream of streams) log.mark(stream, true)
    },
    async reinstate(streams) {
      for (const stream of streams) log.mark(stream, false)
    },
    async [Symbol.asyncDispose]() {},
  }
}
