import type { Clock, NewPending, Pending, PendingStore } from '@roster/core'

import type { Attempts } from '../host/attempts.ts'

/** The age from which a row's first attempt is counted before the step, in milliseconds: below a workflow task's timeout. */
const youngMs = 5000

/**
 * Counts the attempts at a task's messages, sparing the store.
 *
 * P1 The first attempt at a young row is counted once it failed. What killed a process is not young any more when it comes again, and is
 *    counted before the step from then on.
 * P2 A delay has no row. What fails with it fails every time, so its first failure is its last.
 */
export class PatientAttempts implements Pick<Attempts, 'count' | 'giveBack' | 'handOver'> {
  readonly #store: PendingStore
  readonly #clock: Clock
  readonly #tried = new Set<string>()

  constructor({ store, clock }: { readonly store: PendingStore; readonly clock: Clock }) {
    this.#store = store
    this.#clock = clock
  }

  async count(row: NewPending | Pending): Promise<number | undefined> {
    if (row.kind === 'timer') return Number.MAX_SAFE_INTEGER
    const young = 'insertedAt' in row && row.attempts === 0 && this.#clock.now() - row.insertedAt < youngMs
    if (young && !this.#tried.has(row.id)) {
      this.#tried.add(row.id)
      return 1
    }
    const counted = (await this.#store.countAttempts([row.id])).get(row.id)
    return counted === undefined || !this.#tried.has(row.id) ? counted : counted + 1
  }

  async giveBack({ kind, id }: NewPending, attempt: number): Promise<void> {
    if (kind === 'timer' || (attempt === 1 && this.#tried.delete(id))) return
    await this.#store.returnAttempts([id])
  }

  handOver(): void {}
}
