import type { AppendRequest, AppendResult, Store } from '@roster/core'

import { seconds } from '../measure/stopwatch.ts'
import type { Gate } from '../subject/gate.ts'
import type { Latencies } from '../subject/latencies.ts'

/** What is watched of a store's appends. */
export interface Watch {
  readonly gate: Gate
  readonly latencies: Latencies
  /** Whether budgets are kept. @defaultValue true */
  readonly budgets?: boolean
}

/** A store whose appends pass a gate, with the time from each message's commit to the commit of the record that consumes it. */
export class WatchedStore {
  readonly store: Store
  readonly #watch: Watch
  readonly #sentAt = new Map<string, number>()
  #appended = 0

  constructor(store: Store, watch: Watch) {
    this.#watch = watch
    this.store = { ...store, append: (requests) => this.#append(store, requests) }
  }

  /** Records appended so far. */
  count(): number {
    return this.#appended
  }

  async #append(store: Store, requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    const { gate, budgets = true } = this.#watch
    await gate.pass()
    const results = await store.append(budgets ? requests : requests.map((request) => ({ ...request, budget: [] })))
    const now = seconds()
    requests.forEach((request, index) => {
      if (results[index]?.kind === 'appended') this.#committed(request, now)
    })
    return results
  }

  #committed({ cause, pending }: AppendRequest, now: number): void {
    this.#appended += 1
    const sentAt = this.#sentAt.get(cause?.id ?? '')
    if (sentAt !== undefined && this.#watch.gate.isOpen) this.#watch.latencies.add(now - sentAt)
    if (cause !== null) this.#sentAt.delete(cause.id)
    for (const { id } of pending) this.#sentAt.set(id, now)
  }
}
