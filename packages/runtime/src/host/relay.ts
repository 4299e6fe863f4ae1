import {
  failureOf,
  isRosterError,
  type Bus,
  type Clock,
  type NewPending,
  type Pending,
  type PendingStore,
  type Sending,
} from '@roster/core'

import type { Observe } from './observation.ts'

/** What a relay is built from. */
export interface RelayPorts {
  readonly store: PendingStore
  readonly bus: Bus
  readonly clock: Clock
  readonly observe?: Observe
}

/** How a relay sends again. */
export interface RelayOptions {
  /** How long a message waits before it is sent again, in milliseconds. */
  readonly resendAfterMs: number
  /** Whether a row is ours to send again: that of a sender whom we own, to a recipient whom we do not. */
  readonly mine: (row: Pending) => boolean
}

/** A recipient that said it has a message is sent it again this many times less often. */
const patience = 10

/** Rows read at once. */
const pageSize = 1000

/**
 * Brings messages to hosts that own their recipients.
 *
 * R1 A row is published after it was stored, and again while it stays pending, by the owner of its sender and nobody else.
 * R2 Nothing depends on the bus: what it loses, or does not take, is sent again.
 * R3 A bus that takes nothing is not asked again in the same run: whoever sends again has leases to renew.
 * R4 How often a row was sent again follows from its age alone, so that another host goes on counting where this one stopped.
 */
export class Relay {
  readonly #ports: RelayPorts
  readonly #options: RelayOptions
  /** The number under which a row was last sent again. */
  #sent: ReadonlyMap<string, number> = new Map()

  constructor(ports: RelayPorts, options: RelayOptions) {
    this.#ports = ports
    this.#options = options
  }

  /** Publishes rows that were just stored; does not wait for the bus. */
  publish(rows: readonly NewPending[]): void {
    void this.#publish(rows.map((row) => ({ row, resend: 0 })))
  }

  /** Passes on rows that were published before, and came to the wrong host: each time under a number of its own. */
  pass(rows: readonly NewPending[]): void {
    const resend = this.#ports.clock.now()
    void this.#publish(rows.map((row) => ({ row, resend })))
  }

  /** Publishes again what has been pending too long. */
  async resend(): Promise<void> {
    const { resendAfterMs } = this.#options
    const sent = new Map<string, number>()
    for (let after = 0; ;) {
      const query = { ageMs: resendAfterMs, notedAgeMs: resendAfterMs * patience, after, limit: pageSize }
      const rows = await this.#ports.store.overdue(query)
      const due = rows.filter(this.#options.mine).map((row) => ({ row, resend: this.#numberOf(row) }))
      for (const { row, resend } of due) sent.set(row.id, resend)
      const taken = await this.#publish(due.filter(({ row, resend }) => resend > (this.#sent.get(row.id) ?? 0)))
      const last = rows.at(-1)
      if (!taken || last === undefined || rows.length < pageSize) break
      after = last.seq
    }
    this.#sent = sent
  }

  #numberOf({ insertedAt, deliveredAt }: Pending): number {
    const { resendAfterMs } = this.#options
    const every = deliveredAt === null ? resendAfterMs : resendAfterMs * patience
    return Math.max(1, Math.floor((this.#ports.clock.now() - insertedAt) / every))
  }

  /** Answers whether the bus takes messages: one that it refuses for good says nothing about the others. */
  async #publish(sendings: readonly Sending[]): Promise<boolean> {
    if (sendings.length === 0) return true
    try {
      await this.#ports.bus.publish(sendings)
      return true
    } catch (error) {
      this.#ports.observe?.({ kind: 'unpublished', messages: sendings.length, failure: failureOf(error) })
      return isRosterError(error) && !error.retryable
    }
  }
}
