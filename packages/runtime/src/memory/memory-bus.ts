import {
  failureOf,
  partitionOf,
  refuseLarge,
  type Bus,
  type Clock,
  type Delivery,
  type Failure,
  type Sending,
  type Subscription,
} from '@roster/core'

import type { Alarm } from '../host/ports.ts'

export interface MemoryBusOptions {
  readonly clock: Clock
  readonly alarm: Alarm
  /** How long something may stay unacknowledged before it comes again, in milliseconds. @defaultValue 30000 */
  readonly acknowledgeWithinMs?: number
  /** Is told when a listener threw; what it was handed comes again unless it was acknowledged. */
  readonly report?: (failure: Failure) => void
}

interface Parcel {
  readonly sending: Sending
  /** When it is handed over again, in milliseconds since 1970; `null` while nobody has it. */
  dueAt: number | null
}

type Take = (delivery: Delivery) => void

/**
 * A bus between hosts of one process. It loses nothing: what nobody listens for is kept, what is not acknowledged comes again, and what it
 * still has under a number is not taken a second time. Nothing is handed over before `publish` has returned.
 */
export function memoryBus({ clock, alarm, acknowledgeWithinMs = 30_000, report }: MemoryBusOptions): Bus {
  const carried = new Set<string>()
  const parcels = new Map<number, Set<Parcel>>()
  const listeners = new Map<number, Take[]>()

  const parcelsOf = (partition: number): Set<Parcel> => {
    const known = parcels.get(partition) ?? new Set()
    parcels.set(partition, known)
    return known
  }

  const handOver = (partition: number): void => {
    for (const parcel of parcelsOf(partition)) {
      const [take] = listeners.get(partition) ?? []
      if (take === undefined || (parcel.dueAt !== null && parcel.dueAt > clock.now())) continue
      parcel.dueAt = clock.now() + acknowledgeWithinMs
      const acknowledge = (): void => {
        parcelsOf(partition).delete(parcel)
        carried.delete(numberOf(parcel.sending))
      }
      queueMicrotask(() => take({ row: parcel.sending.row, acknowledge }))
    }
    const times = [...parcelsOf(partition)].flatMap(({ dueAt }) => dueAt ?? [])
    const next = times.length === 0 ? null : Math.min(...times)
    alarm.set(`bus/${partition}`, next, () => handOver(partition))
  }

  return {
    async publish(sendings) {
      const touched = new Set<number>()
      const refused: unknown[] = []
      for (const sending of sendings) {
        const { row } = sending
        if (carried.has(numberOf(sending))) continue
        try {
          refuseLarge(row, row.stream, Buffer.byteLength(row.body))
        } catch (error) {
          refused.push(error)
          continue
        }
        carried.add(numberOf(sending))
        parcelsOf(partitionOf(row.stream)).add({ sending, dueAt: null })
        touched.add(partitionOf(row.stream))
      }
      for (const partition of touched) handOver(partition)
      if (refused.length > 0) throw refused[0]
    },

    async subscribe(partition, take): Promise<Subscription> {
      const guarded: Take = (delivery) => {
        if (listeners.get(partition)?.includes(guarded) !== true) return
        try {
          take(delivery)
        } catch (error) {
          report?.(failureOf(error, 'internal'))
        }
      }
      listeners.set(partition, [guarded, ...(listeners.get(partition) ?? [])])
      handOver(partition)
      return {
        async close() {
          const others = (listeners.get(partition) ?? []).filter((other) => other !== guarded)
          listeners.set(partition, others)
        },
      }
    },
  }
}

function numberOf({ row, resend }: Sending): string {
  return `${row.id} ${resend}`
}
