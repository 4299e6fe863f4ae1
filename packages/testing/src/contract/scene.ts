import {
  partitionOf,
  type AppendRequest,
  type AppendResult,
  type Fence,
  type NewPending,
  type Store,
  type StreamName,
} from '@roster/core'
import { expect, vi } from 'vitest'
import { appendRequest, type RequestParts } from '../record/append-request.ts'
import type { OpenedStore, OpenStore } from './opened-store.ts'

/** A lease that nobody outlives, in milliseconds. */
export const longLease = 600_000
/** A lease that is soon over, in milliseconds: what a test waits for on a store with a real clock. */
export const shortLease = 30

/**
 * One test's store, with a host that owns all its partitions.
 *
 * A test that needs a lease to hold takes {@link longLease}; one that needs it to be over takes {@link shortLease} and
 * {@link Scene.eventually}. So no test depends on how fast the machine is.
 */
export class Scene implements AsyncDisposable {
  readonly opened: OpenedStore
  readonly #fences: ReadonlyMap<number, Fence>
  readonly #others: Store[] = []

  private constructor(opened: OpenedStore, fences: readonly Fence[]) {
    this.opened = opened
    this.#fences = new Map(fences.map((fence) => [fence.partition, fence]))
  }

  static async open(open: OpenStore): Promise<Scene> {
    const opened = await open()
    return new Scene(opened, await opened.store.claim('host-1', longLease))
  }

  /** A scene in which nobody has claimed anything. */
  static async unowned(open: OpenStore): Promise<Scene> {
    return new Scene(await open(), [])
  }

  get store(): Store {
    return this.opened.store
  }

  /** The right of this scene's host to append to a stream. */
  fence(stream: StreamName): Fence {
    const fence = this.#fences.get(partitionOf(stream))
    if (fence === undefined)
      throw new Error(`the store gave no partition ${partitionOf(stream)} to the first who claimed`)
    return fence
  }

  /** A request under the fence of this scene's host; see {@link appendRequest}. */
  request(parts: RequestParts = {}): AppendRequest {
    const request = appendRequest(parts)
    return parts.fence === undefined ? { ...request, fence: this.fence(request.stream) } : request
  }

  append(...requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    return this.store.append(requests)
  }

  /** Appends what must succeed; answers the last request's result. */
  async stored(...requests: readonly AppendRequest[]): Promise<AppendResult & { readonly kind: 'appended' }> {
    const results = await this.store.append(requests)
    expect(results.map(({ kind }) => kind)).toEqual(requests.map(() => 'appended'))
    return results.at(-1) as AppendResult & { readonly kind: 'appended' }
  }

  /** Brings pending rows from outside. */
  async bring(...pending: readonly NewPending[]): Promise<void> {
    await this.store.accept({
      client: 'client/test',
      key: pending.map(({ id }) => id).join(' '),
      answer: '{}',
      pending,
    })
  }

  /** Ids of all pending rows of a stream, in order. */
  async pendingIds(stream: StreamName): Promise<readonly string[]> {
    return (await this.store.pendingOf(stream)).map(({ id }) => id)
  }

  /** A further writer, closed with the scene. */
  async another(): Promise<Store> {
    const store = await this.opened.another?.()
    if (store === undefined)
      throw new Error('the capability concurrent-writers needs `another` beside the opened store')
    this.#others.push(store)
    return store
  }

  /** Lets short leases pass, then makes an observation: at once when the clock can be moved, else until it holds or 10 seconds are over. */
  async eventually<T>(observe: () => Promise<T>): Promise<T> {
    if (this.opened.advance === undefined) return vi.waitFor(observe, { timeout: 10_000, interval: 10 })
    this.opened.advance(shortLease + 1)
    return observe()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const other of this.#others) await other[Symbol.asyncDispose]()
    await this.store[Symbol.asyncDispose]()
  }
}

/** The kinds of results, for tests about nothing else. */
export function kinds(results: readonly AppendResult[]): readonly AppendResult['kind'][] {
  return results.map(({ kind }) => kind)
}
