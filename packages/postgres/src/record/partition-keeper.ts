import type { Position } from '@roster/core'
import type { Database } from '../database.ts'
import type { Int8 } from '../tables.ts'

/** How many positions ahead of the head the next partition of `records` is asked for. */
const ahead = 500_000

/** Has partitions made before they are needed. Making one does not stop appends, so nobody waits for it. */
export class PartitionKeeper {
  readonly #database: Database
  /** The first position that has no partition, as far as this process knows. */
  #end: Position | undefined
  #running: Promise<void> | undefined

  constructor(database: Database) {
    this.#database = database
  }

  /** Tells how far the tenant's order has got. */
  reached(position: Position): void {
    if (position === 0 || this.#running !== undefined) return
    if (this.#end !== undefined && position + ahead < this.#end) return
    // A failure is no harm: the next append asks again, and one without a partition asks for it and waits.
    this.#running = this.extend()
      .catch(() => {})
      .finally(() => (this.#running = undefined))
  }

  /** Makes what is missing now; for an append that found none, too. */
  async extend(): Promise<void> {
    const [row] = await this.#database.call<{ extend_records: Int8 }>('extend_records', [])
    this.#end = Number(row?.extend_records ?? 0)
  }

  async idle(): Promise<void> {
    await this.#running
  }
}
