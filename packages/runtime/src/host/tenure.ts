import type { Fence, Ownership } from '@roster/core'

/**
 * Which partitions a host owns.
 *
 * T1 Claims and renewals are made one after the other: the answer to one never undoes what another found out.
 * T2 What is thought to be owned may be lost already; only the epoch of the fence tells, in each append.
 */
export class Tenure {
  readonly #store: Ownership
  readonly #owner: string
  readonly #leaseMs: number
  #fences: ReadonlyMap<number, Fence> = new Map()
  #last: Promise<unknown> = Promise.resolve()

  constructor(store: Ownership, owner: string, leaseMs: number) {
    this.#store = store
    this.#owner = owner
    this.#leaseMs = leaseMs
  }

  get partitions(): readonly number[] {
    return [...this.#fences.keys()]
  }

  fenceOf(partition: number): Fence | undefined {
    return this.#fences.get(partition)
  }

  /** Claims what is nobody's, `most` at most; answers the partitions gained. */
  claim(most?: number): Promise<readonly number[]> {
    return this.#inTurn(async () => {
      const gained = await this.#store.claim(this.#owner, this.#leaseMs, most)
      this.#fences = new Map([...this.#fences, ...byPartition(gained)])
      return gained.map(({ partition }) => partition)
    })
  }

  /** Renews the lease of what is owned; answers the partitions lost. */
  renew(): Promise<readonly number[]> {
    return this.#inTurn(async () => {
      const before = this.#fences
      this.#fences = byPartition(await this.#store.renew(this.#owner, [...before.values()], this.#leaseMs))
      return [...before.keys()].filter((partition) => !this.#fences.has(partition))
    })
  }

  /** Gives partitions up, so that another host may claim them at once. */
  giveUp(partitions: readonly number[]): Promise<void> {
    return this.#inTurn(async () => {
      const given = partitions.flatMap((partition) => this.#fences.get(partition) ?? [])
      this.#fences = new Map([...this.#fences].filter(([partition]) => !partitions.includes(partition)))
      await this.#store.renew(this.#owner, given, 0)
    })
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(change)
    // The next change waits for this one whether or not it fails; its own caller is told of a failure.
    this.#last = turn.catch(() => {})
    return turn
  }
}

function byPartition(fences: readonly Fence[]): ReadonlyMap<number, Fence> {
  return new Map(fences.map((fence) => [fence.partition, fence]))
}
