import { partitionCount, type Fence, type Ownership } from '@roster/core'
import type { Database } from './database.ts'
import { int4Array, int8Array } from './sql-array.ts'
import type { Int8 } from './tables.ts'

interface FenceRow {
  readonly partition: number
  readonly epoch: Int8
}

/** Who owns which partitions. Leases are measured by the database's clock, so hosts need not agree on the time. */
export function sqlOwnership(database: Database, tenant: string): Ownership {
  return {
    async claim(owner, leaseMs, most = partitionCount) {
      return fences(await database.call<FenceRow>('claim', [tenant, owner, leaseMs, most]))
    },
    async renew(owner, held, leaseMs) {
      const partitions = int4Array(held.map(({ partition }) => partition))
      const epochs = int8Array(held.map(({ epoch }) => epoch))
      return fences(await database.call<FenceRow>('renew', [tenant, owner, partitions, epochs, leaseMs]))
    },
    async release(owner) {
      await database.call('release', [tenant, owner])
    },
  }
}

function fences(rows: readonly FenceRow[]): readonly Fence[] {
  return rows
    .map(({ partition, epoch }) => ({ partition, epoch: Number(epoch) }))
    .toSorted((one, other) => one.partition - other.partition)
}
