import { failureOf, type Bus, type Delivery, type NewPending, type PendingStore, type Subscription } from '@roster/core'

import type { Observe } from './observation.ts'

/** What arrivals are taken to. */
export interface ArrivalPorts {
  readonly store: PendingStore
  readonly bus: Bus
  readonly observe?: Observe
  /** Whether a row waits here in the mailbox of an actor. */
  readonly knows: (stream: string, id: string) => boolean
  /** Takes up everything that is pending for an actor. */
  readonly reread: (stream: string) => Promise<void>
  readonly take: (rows: readonly NewPending[]) => void
}

/**
 * Messages that come by the bus.
 *
 * V1 A message is offered only after all older ones of its pair that are still pending: those unknown here are read from the store.
 * V2 A message is acknowledged once it was handled, or once the store knows that its recipient has it; what comes again of one that is here,
 *    at once.
 */
export class Arrivals {
  readonly #ports: ArrivalPorts
  readonly #unacknowledged = new Map<string, readonly Delivery[]>()
  readonly #subscriptions = new Map<number, Subscription>()
  /** Ids of messages about which the store is being asked. */
  readonly #asking = new Set<string>()
  #gathering: NewPending[] | undefined
  #running: Promise<void> = Promise.resolve()
  #listening: Promise<void> = Promise.resolve()

  constructor(ports: ArrivalPorts) {
    this.#ports = ports
  }

  /** Listens for these partitions and no others. One call after the other: what two opened at once only one of them would close. */
  listen(partitions: readonly number[]): Promise<void> {
    const turn = this.#listening.then(() => this.#listen(partitions))
    this.#listening = turn.catch(() => {})
    return turn
  }

  async #listen(partitions: readonly number[]): Promise<void> {
    const closing = [...this.#subscriptions].filter(([partition]) => !partitions.includes(partition))
    for (const [partition] of closing) this.#subscriptions.delete(partition)
    await Promise.all(closing.map(([, subscription]) => subscription.close()))
    const opening = partitions.filter((partition) => !this.#subscriptions.has(partition))
    await Promise.all(opening.map((partition) => this.#subscribe(partition)))
  }

  /** Lets the bus forget a message. */
  acknowledge(id: string): void {
    for (const delivery of this.#unacknowledged.get(id) ?? []) delivery.acknowledge()
    this.#unacknowledged.delete(id)
  }

  /** Says of messages which nobody can take yet that they are here; once, because they are acknowledged with it. */
  async note(waiting: readonly string[]): Promise<void> {
    const ids = waiting.filter((id) => this.#unacknowledged.has(id))
    if (ids.length === 0) return
    await this.#ports.store.markDelivered(ids)
    for (const id of ids) this.acknowledge(id)
  }

  /** Leaves messages to whoever owns their recipients now. */
  drop(lost: (stream: string) => boolean): void {
    for (const [id, [delivery]] of this.#unacknowledged) {
      if (delivery !== undefined && lost(delivery.row.stream)) this.#unacknowledged.delete(id)
    }
  }

  async #subscribe(partition: number): Promise<void> {
    this.#subscriptions.set(partition, await this.#ports.bus.subscribe(partition, (delivery) => this.#arrive(delivery)))
  }

  #arrive(delivery: Delivery): void {
    const { id, stream } = delivery.row
    // It is here, and pending: the bus has nothing more to do with it. A bus that brings everything again is not asked about it again.
    if (this.#asking.has(id) || this.#ports.knows(stream, id)) {
      delivery.acknowledge()
      return
    }
    this.#asking.add(id)
    this.#unacknowledged.set(id, [...(this.#unacknowledged.get(id) ?? []), delivery])
    ;(this.#gathering ??= this.#gather()).push(delivery.row)
  }

  /** What arrives while the store is asked about others is asked about together. */
  #gather(): NewPending[] {
    const arrived: NewPending[] = []
    this.#running = this.#running.then(async () => {
      this.#gathering = undefined
      try {
        const older = await this.#ports.store.pendingBefore(arrived.map(({ id }) => id))
        const streams = [...new Set(arrived.map(({ stream }) => stream))]
        const known = older.every((id) => streams.some((stream) => this.#ports.knows(stream, id)))
        if (!known) for (const stream of streams) await this.#ports.reread(stream)
        for (const { id } of arrived) this.#asking.delete(id)
        this.#ports.take(arrived)
      } catch (error) {
        // They come again: they were not acknowledged, and they are pending.
        for (const { id } of arrived) {
          this.#asking.delete(id)
          this.#unacknowledged.delete(id)
        }
        this.#ports.observe?.({ kind: 'unread', messages: arrived.length, failure: failureOf(error) })
      }
    })
    return arrived
  }
}
