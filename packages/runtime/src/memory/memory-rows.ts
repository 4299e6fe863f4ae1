import { partitionOf, type Clock, type NewPending, type Pending, type StreamName } from '@roster/core'

/** A pending row with what only the store knows about it. */
interface Row {
  readonly pending: Pending
  /** Until when its runner has it to itself; 0 for nobody's. */
  readonly leasedUntil: number
  /** Whether a call that cannot be repeated was started. */
  readonly attempted: boolean
}

/**
 * The causes that are not yet consumed, in order of insertion.
 *
 * - R1 an id is there once: inserting it again changes nothing
 * - R2 a row is replaced, never changed, so what was read stays as it was read
 */
export class MemoryRows {
  readonly #rows = new Map<string, Row>()
  readonly #clock: Clock
  #seq = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  insert(added: NewPending): void {
    if (this.#rows.has(added.id)) return
    const now = this.#clock.now()
    this.#seq += 1
    const pending = frozen({
      ...added,
      seq: this.#seq,
      partition: partitionOf(added.stream),
      attempts: 0,
      deliveredAt: null,
      insertedAt: now,
    })
    this.#rows.set(added.id, {
      pending,
      leasedUntil: added.lease === null ? 0 : now + added.lease.ms,
      attempted: false,
    })
  }

  get(id: string): Pending | undefined {
    return this.#rows.get(id)?.pending
  }

  remove(id: string): void {
    this.#rows.delete(id)
  }

  of(stream: StreamName): readonly Pending[] {
    return this.where(({ pending }) => pending.stream === stream)
  }

  where(accepts: (row: Row) => boolean): readonly Pending[] {
    return [...this.#rows.values()].filter(accepts).map(({ pending }) => pending)
  }

  /** Replaces what may change of a row that is still there; answers it, or `undefined` when it is gone. */
  change(
    id: string,
    change: (pending: Pending) => Partial<Pick<Pending, 'attempts' | 'deliveredAt'>>,
  ): Pending | undefined {
    const row = this.#rows.get(id)
    if (row === undefined) return undefined
    const pending = frozen({ ...row.pending, ...change(row.pending) })
    this.#rows.set(id, { ...row, pending })
    return pending
  }

  /** Leases an effect that is nobody's, whose lease has passed, or which `token` has already; answers whether `token` has it now. */
  lease(id: string, token: string, ms: number): boolean {
    const row = this.#rows.get(id)
    if (row?.pending.kind !== 'effect') return false
    const now = this.#clock.now()
    if (row.leasedUntil > now && row.pending.lease?.token !== token) return false
    this.#rows.set(id, { ...row, pending: frozen({ ...row.pending, lease: { token, ms } }), leasedUntil: now + ms })
    return true
  }

  /** Marks an effect as attempted by the holder of its lease. */
  attempt(id: string, token: string): 'first' | 'again' | 'fenced' {
    const row = this.#rows.get(id)
    if (row === undefined || row.pending.lease?.token !== token) return 'fenced'
    this.#rows.set(id, { ...row, attempted: true })
    return row.attempted ? 'again' : 'first'
  }
}

function frozen(pending: Pending): Pending {
  return Object.freeze({ ...pending, lease: pending.lease === null ? null : Object.freeze({ ...pending.lease }) })
}
