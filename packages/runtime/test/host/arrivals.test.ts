import type { Bus } from '@roster/core'
import { memoryStore } from '@roster/runtime'
import { fixedClock } from '@roster/testing'
import { describe, expect, it } from 'vitest'

import { Arrivals } from '../../src/host/arrivals.ts'

/** A bus that opens a subscription some turns later, and counts those that are open. */
function slowBus(): Bus & { readonly open: ReadonlyMap<number, number> } {
  const open = new Map<number, number>()
  const change = (partition: number, by: number): void => void open.set(partition, (open.get(partition) ?? 0) + by)
  return {
    open,
    publish: () => Promise.resolve(),
    async subscribe(partition) {
      await new Promise(setImmediate)
      change(partition, 1)
      return { close: () => Promise.resolve(change(partition, -1)) }
    },
  }
}

describe('arrivals', () => {
  it('are listened for once, and no more after the end, whoever asks for it meanwhile', async () => {
    const bus = slowBus()
    const store = memoryStore({ tenant: 'acme', clock: fixedClock() })
    const arrivals = new Arrivals({
      store,
      bus,
      knows: () => false,
      reread: () => Promise.resolve(),
      take: () => {},
    })
    // At the start of a host, and when it first renews its lease.
    await Promise.all([arrivals.listen([1, 2]), arrivals.listen([1, 2, 3])])
    expect([...bus.open.values()]).toEqual([1, 1, 1])
    await Promise.all([arrivals.listen([1, 4]), arrivals.listen([])])
    expect([...bus.open.values()]).toEqual([0, 0, 0, 0])
  })
})
