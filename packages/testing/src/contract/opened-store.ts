import type { Store } from '@roster/core'

/**
 * What a store may be able to do beyond the port:
 *
 * - `concurrent-writers`: several processes write to it at once; `another` opens a further writer
 * - `roles`: the writer's credential can do nothing but call the store's own functions; `forbidden` lists what it tries
 * - `power-loss`: what was acknowledged survives a power cut; `cutPower` makes one
 */
export type Capability = 'concurrent-writers' | 'roles' | 'power-loss'

/** A store as a contract suite is handed it: empty (a new tenant is enough), with the handles of what it is able to do. */
export interface OpenedStore {
  readonly store: Store
  /** Moves the clock by which leases are measured. A store that has a real clock leaves it out: short leases are then waited for. */
  readonly advance?: (ms: number) => void
  /** Opens a writer of the same tenant that shares no connection with `store`. */
  readonly another?: () => Promise<Store>
  /** Attempts, by the writer's credential, at what its role must not allow, each with its name. All must reject. */
  readonly forbidden?: () => readonly (readonly [what: string, attempt: () => Promise<unknown>])[]
  /** Cuts the power without warning and opens the store again. `store` is dead afterwards. */
  readonly cutPower?: () => Promise<Store>
}

/** Opens an empty store. Called for each test. */
export type OpenStore = () => Promise<OpenedStore>
