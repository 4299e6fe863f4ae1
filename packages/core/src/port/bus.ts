import type { NewPending } from './pending-store.ts'

/** A message's row on its way from the host that owns its sender to the host that owns its recipient. */
export interface Sending {
  readonly row: NewPending
  /** 0 the first time, higher whenever it is sent again: a bus that drops what it has carried before tells repetitions apart by it. */
  readonly resend: number
}

/** A row as it arrives. */
export interface Delivery {
  readonly row: NewPending
  /** Lets the bus forget it: it was handled, or the store knows that its recipient has it. What is not acknowledged may come again. */
  acknowledge(): void
}

/** The right to hear what comes for one partition, until it is closed. */
export interface Subscription {
  close(): Promise<void>
}

/**
 * Carries copies of pending messages between hosts. It may lose, repeat, delay and reorder them: the rows are the truth. The owner of the
 * sender sends a row again while it stays pending, and whoever receives one reads older ones of the same pair from the store.
 */
export interface Bus {
  /** Sends rows on. That it resolves promises nothing, and that it rejects loses nothing. */
  publish(sendings: readonly Sending[]): Promise<void>
  /** Hands over what comes for the actors of a partition. */
  subscribe(partition: number, take: (delivery: Delivery) => void): Promise<Subscription>
}
