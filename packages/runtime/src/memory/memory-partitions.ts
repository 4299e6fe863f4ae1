import { partitionCount, type Clock, type Fence, type Ownership } from '@roster/core'

interface Partition {
  readonly owner: string | null
  readonly epoch: number
  readonly leasedUntil: number
}

/**
 * Who owns which partitions.
 *
 * - O1 an epoch is given to one claim only, and a later claim has a higher one
 * - O2 a lease that has passed takes nothing away until another claims: the epoch is the fence
 */
export class MemoryPartitions {
  readonly #clock: Clock
  readonly #partitions: Partition[] = Array.from({ length: partitionCount }, () => ({
    owner: null,
    epoch: 0,
    leasedUntil: 0,
  }))

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether the holder of this fence is the last to have claimed its partition. */
  holds({ partition, epoch }: Fence): boolean {
    const current = this.#partitions[partition]
    return current !== undefined && epoch > 0 && current.epoch === epoch
  }

  claim(owner: string, leaseMs: number, most: number): readonly Fence[] {
    const now = this.#clock.now()
    const claimed: Fence[] = []
    for (const [partition, { owner: holder, epoch, leasedUntil }] of this.#partitions.entries()) {
      if (claimed.length >= most) break
      if (holder !== null && leasedUntil > now) continue
      this.#partitions[partition] = { owner, epoch: epoch + 1, leasedUntil: now + leaseMs }
      claimed.push({ partition, epoch: epoch + 1 })
    }
    return claimed
  }

  renew(owner: string, fences: readonly Fence[], leaseMs: number): readonly Fence[] {
    const leasedUntil = this.#clock.now() + leaseMs
    const owned = fences.filter(({ partition, epoch }) => {
      const current = this.#partitions[partition]
      return current?.owner === owner && current.epoch === epoch
    })
    for (const { partition, epoch } of owned) this.#partitions[partition] = { owner, epoch, leasedUntil }
    return owned.map((fence) => ({ ...fence }))
  }

  release(owner: string): void {
    for (const [partition, current] of this.#partitions.entries()) {
      if (current.owner === owner) this.#partitions[partition] = { ...current, owner: null, leasedUntil: 0 }
    }
  }
}

/** The port over the partitions. */
export function memoryOwnership(partitions: MemoryPartitions): Ownership {
  return {
    claim: async (owner, leaseMs, most = partitionCount) => partitions.claim(owner, leaseMs, most),
    renew: async (owner, fences, leaseMs) => partitions.renew(owner, fences, leaseMs),
    release: async (owner) => partitions.release(owner),
  }
}
