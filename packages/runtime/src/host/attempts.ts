import type { NewPending, PendingStore } from '@roster/core'

/**
 * Counts attempts in the store before the step, one statement for all items that are taken meanwhile, so that an item that kills the
 * process is counted too.
 *
 * T1 The first attempt at a row that this process has just stored is not counted: if it kills the process, the row is read from the store
 *    next time, and then it is. So a row that nothing goes wrong with is not written again.
 */
export class Attempts {
  readonly #store: PendingStore
  readonly #fresh = new WeakSet<NewPending>()
  readonly #uncounted = new WeakSet<NewPending>()
  #gathering: { readonly ids: Set<string>; readonly counted: Promise<ReadonlyMap<string, number>> } | undefined
  #running: Promise<unknown> = Promise.resolve()

  constructor(store: PendingStore) {
    this.#store = store
  }

  /** Rows that this process has just stored, and nobody has tried yet. */
  handOver(rows: readonly NewPending[]): void {
    for (const row of rows) this.#fresh.add(row)
  }

  /** The number of this attempt, from 1; `undefined` when the row is gone. */
  async count(row: NewPending): Promise<number | undefined> {
    if (this.#fresh.delete(row)) {
      this.#uncounted.add(row)
      return 1
    }
    const batch = (this.#gathering ??= this.#gather())
    batch.ids.add(row.id)
    const counted = (await batch.counted).get(row.id)
    return counted === undefined || !this.#uncounted.has(row) ? counted : counted + 1
  }

  /** Takes an attempt back: its failure was not the row's own. */
  async giveBack(row: NewPending, attempt: number): Promise<void> {
    if (attempt === 1 && this.#uncounted.delete(row)) return
    await this.#store.returnAttempts([row.id])
  }

  #gather(): { readonly ids: Set<string>; readonly counted: Promise<ReadonlyMap<string, number>> } {
    const ids = new Set<string>()
    const counted = this.#running.then(() => {
      this.#gathering = undefined
      return this.#store.countAttempts([...ids])
    })
    // The next batch waits for this one whether or not it fails; its own callers are told of a failure.
    this.#running = counted.catch(() => {})
    return { ids, counted }
  }
}
