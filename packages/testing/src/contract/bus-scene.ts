import {
  canonical,
  partitionOf,
  type Bus,
  type Delivery,
  type Message,
  type NewPending,
  type StreamName,
  type Subscription,
} from '@roster/core'
import { expect, vi } from 'vitest'
import type { OpenBus, OpenedBus } from './bus-opened.ts'

export const ada = 'acme/agent/ada'
export const bob = 'acme/agent/bob'
export const task = 'acme/task/1'

/** A message's row as a host stores it: to ada from a task, unless told otherwise. */
export function mail(id: string, parts: Partial<Message> = {}): NewPending {
  const message: Message = {
    id,
    type: 'work',
    kind: 'pay',
    sender: task,
    to: ada,
    correlationId: '1',
    causationId: 'record-1',
    at: 1_700_000_000_000,
    label: { integrity: 'trusted', sources: [] },
    payload: null,
    ...parts,
  }
  const { to: stream, sender, type, expiresAt = null } = message
  const body = canonical(message)
  return { id, kind: 'message', stream, sender, type, control: false, dueAt: null, expiresAt, body, lease: null }
}

/** Somebody who listens for partitions and remembers what came. */
export class Listener {
  readonly deliveries: Delivery[] = []
  subscriptions: readonly Subscription[] = []

  get ids(): readonly string[] {
    return this.deliveries.map(({ row }) => row.id)
  }

  get rows(): readonly NewPending[] {
    return this.deliveries.map(({ row }) => row)
  }

  /** Waits until these have come, in whatever order and however often. */
  async hears(...ids: readonly string[]): Promise<void> {
    await eventually(() => expect([...new Set(this.ids)].toSorted()).toEqual([...ids].toSorted()))
  }

  async close(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.close()))
  }
}

/** One test's bus. */
export class BusScene implements AsyncDisposable {
  readonly opened: OpenedBus

  private constructor(opened: OpenedBus) {
    this.opened = opened
  }

  static async open(open: OpenBus): Promise<BusScene> {
    return new BusScene(await open())
  }

  get bus(): Bus {
    return this.opened.bus
  }

  /** Listens for the partitions of streams; acknowledges what comes, unless told otherwise. */
  async listen(
    streams: readonly StreamName[],
    { bus = this.bus, acknowledges = true }: { readonly bus?: Bus; readonly acknowledges?: boolean } = {},
  ): Promise<Listener> {
    const listener = new Listener()
    const take = (delivery: Delivery): void => {
      listener.deliveries.push(delivery)
      if (acknowledges) delivery.acknowledge()
    }
    const partitions = [...new Set(streams.map(partitionOf))]
    listener.subscriptions = await Promise.all(partitions.map((partition) => bus.subscribe(partition, take)))
    return listener
  }

  async send(...rows: readonly NewPending[]): Promise<void> {
    await this.resend(0, ...rows)
  }

  async resend(resend: number, ...rows: readonly NewPending[]): Promise<void> {
    await this.bus.publish(rows.map((row) => ({ row, resend })))
  }

  async another(): Promise<Bus> {
    const bus = await this.opened.another?.()
    if (bus === undefined) throw new Error('the capability processes needs `another` beside the opened bus')
    return bus
  }

  /** Lets the time pass after which something unacknowledged comes again, as far as it can be moved. */
  outlast(): void {
    this.opened.outlast?.()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.opened[Symbol.asyncDispose]()
  }
}

/** Waits until an observation holds, ten seconds at most. */
export async function eventually(observe: () => void): Promise<void> {
  await vi.waitFor(observe, { timeout: 10_000, interval: 5 })
}
