import { isRosterError, partitionOf, type Fence, type NewPending, type Pending } from '@roster/core'

import type { Host } from './host.ts'
import { Tenure } from './tenure.ts'

/** Rows read at once. */
const pageSize = 1000

/** What a keeper looks after beside the partitions themselves. */
export interface Kept {
  /** Whether a row is under way here. */
  readonly knows: (row: Pending) => boolean
  readonly take: (rows: readonly NewPending[]) => void
  /** Forgets what is in memory of streams that another host owns now. */
  readonly drop: (lost: (stream: string) => boolean) => void
  /** What else is to be done each time that the lease is renewed. */
  readonly tend: () => Promise<void>
}

/**
 * Keeps a host's partitions: claims them, reads what is pending in them, renews them, and drops those that another host took.
 *
 * K1 Nothing of a partition is taken before everything that was pending when it was claimed has been read: a message never overtakes an
 *    older one of its pair that was sent, or came, when another host owned either of them.
 * K2 What is in memory of a partition goes when the partition goes.
 * K3 Beyond its share a host claims nothing and keeps nothing; without a share it takes whatever is free.
 */
export class Keeper {
  readonly #host: Host
  readonly #kept: Kept
  readonly #tenure: Tenure
  /** Partitions gained whose pending rows were not read yet, and what came for them meanwhile. */
  readonly #unread = new Set<number>()
  #held: NewPending[] = []
  #tending: Promise<void> = Promise.resolve()
  #stopped = false
  #share: number | undefined

  constructor(host: Host, kept: Kept) {
    const { ports, options } = host
    this.#host = host
    this.#kept = kept
    this.#tenure = new Tenure(ports.store, options.name, options.partitionLeaseMs ?? 0)
  }

  /** How many partitions are ours to have from the next look on; `undefined` for whatever is free. */
  set share(share: number | undefined) {
    this.#share = share
  }

  get partitions(): readonly number[] {
    return this.#tenure.partitions
  }

  fenceOf(partition: number): Fence | undefined {
    return this.#tenure.fenceOf(partition)
  }

  async start(): Promise<void> {
    await this.#claim(this.#host.options.mostPartitions)
    this.#tendLater()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#host.ports.alarm.set('tend', null, () => {})
    await this.#tending
  }

  /** Keeps a row for later if its partition is not read yet; answers whether it did. */
  hold(row: NewPending): boolean {
    const unread = this.#unread.has(partitionOf(row.stream))
    if (unread) this.#held.push(row)
    return unread
  }

  /** Reads what is pending for the owned partitions and takes up what is not known here. */
  async recover(): Promise<void> {
    const unread = [...this.#unread]
    // The timers of what is owned for longer are known here, and ring by themselves.
    const rows = await this.#pending(unread.length === 0 ? this.#host.ports.clock.now() : Number.MAX_SAFE_INTEGER)
    for (const partition of unread) this.#unread.delete(partition)
    const held = this.#held
    this.#held = []
    this.#kept.take([...rows, ...held])
  }

  /** Renews what is owned, and drops from memory what is not ours any more. */
  async renew(): Promise<void> {
    const lost = await this.#tenure.renew()
    if (lost.length === 0) return
    this.#host.observe({ kind: 'partitions-lost', partitions: lost })
    this.#drop(lost)
  }

  async #claim(most?: number): Promise<void> {
    const gained = await this.#tenure.claim(most)
    if (gained.length > 0) {
      this.#host.observe({ kind: 'partitions-gained', partitions: gained })
      // What is left from an earlier time of ours is older than what others made of it since.
      this.#drop(gained)
      for (const partition of gained) this.#unread.add(partition)
    }
    await this.recover()
  }

  async #giveUpSurplus(): Promise<void> {
    const surplus = this.#share === undefined ? [] : this.partitions.slice(this.#share)
    if (surplus.length === 0) return
    await this.#tenure.giveUp(surplus)
    this.#host.observe({ kind: 'partitions-lost', partitions: surplus })
    this.#drop(surplus)
  }

  /** All that is pending and not under way here, in order of insertion; effects only if they could be leased. */
  async #pending(dueBy: number): Promise<readonly NewPending[]> {
    const { ports, options, token } = this.#host
    const found: Pending[] = []
    for (let after = 0; ;) {
      const rows = await ports.store.pendingIn(this.partitions, { dueBy, after, limit: pageSize })
      found.push(...rows.filter((row) => !this.#kept.knows(row)))
      const last = rows.at(-1)
      if (last === undefined || rows.length < pageSize) break
      after = last.seq
    }
    const effects = found.filter(({ kind }) => kind === 'effect').map(({ id }) => id)
    if (effects.length === 0) return found
    const ours = new Set(await ports.store.leaseEffects(effects, token, options.effectLeaseMs ?? 0))
    const taken = found.filter(({ kind, id }) => kind !== 'effect' || ours.has(id))
    return taken.map((row) => (row.kind === 'effect' ? { ...row, lease: { token, ms: 0 } } : row))
  }

  #drop(partitions: readonly number[]): void {
    for (const partition of partitions) this.#unread.delete(partition)
    this.#kept.drop((stream) => partitions.includes(partitionOf(stream)))
  }

  #tendLater(): void {
    const { options, ports } = this.#host
    const { partitionLeaseMs = 0 } = options
    if (partitionLeaseMs === 0 || this.#stopped) return
    ports.alarm.set('tend', ports.clock.now() + Math.floor(partitionLeaseMs / 3), () => {
      this.#tending = this.#tend().finally(() => this.#tendLater())
    })
  }

  /** Keeps what is ours, takes what is nobody's, and finds what nobody brought. */
  async #tend(): Promise<void> {
    try {
      await this.renew()
      await this.#giveUpSurplus()
      await this.#claim(this.#share === undefined ? undefined : Math.max(0, this.#share - this.partitions.length))
      await this.#kept.tend()
    } catch (error) {
      if (!isRosterError(error) || !error.retryable) this.#host.halt(error)
    }
  }
}
