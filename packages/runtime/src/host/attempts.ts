import type { PendingStore } from '@roster/core'

/**
 * Counts attempts in the store before the step, one statement for all items that are taken meanwhile, so that an item that kills the
 * process is counted too.
 */
export class Attempts {
  readonly #store: PendingStore
  #gathering: { readonly ids: Set<string>; readonly counted: Promise<ReadonlyMap<string, number>> } | undefined
  #running: Promise<unknown> = Promise.resolve()

  constructor(store: PendingStore) {
    this.#store = store
  }

  /** The number of this attempt, from 1; `undefined` when the row is gone. */
  async count(id: string): Promise<number | undefined> {
    const batch = (this.#gathering ??= this.#gather())
    batch.ids.add(id)
    return (await batch.counted).get(id)
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
