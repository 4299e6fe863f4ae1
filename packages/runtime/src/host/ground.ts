import type { Fence, NewPending, Terms } from '@roster/core'

import type { Actors } from './actors.ts'
import type { Attempts } from './attempts.ts'
import type { Composed } from './compose.ts'
import type { Item } from './item.ts'
import type { Observation } from './observation.ts'
import type { HostOptions, TransitionPorts } from './ports.ts'

/** What the handling of one item stands on: a host for the actors it owns, a coordinator for one task. */
export interface Ground {
  readonly ports: TransitionPorts
  readonly options: HostOptions
  readonly actors: Pick<Actors, 'expect'>
  readonly attempts: Pick<Attempts, 'count' | 'giveBack' | 'handOver'>
  /** Names the leases of effects. */
  readonly token: string
  /**
   * Under which right an actor's records are appended; `undefined` when there is none. `null` for a task under a coordinator: expected
   * version and cause are its fence, and its delays are the coordinator's, never rows.
   */
  fenceOf(stream: string): Fence | null | undefined
  /** On which terms the colleague of a job works; none for whatever is no job. @defaultValue nobody has decided any */
  termsOf?(stream: string): Promise<Terms | undefined>
  /** Budgets of windows against which effects of an actor hold now, beside its own. @defaultValue none */
  windowsOf?(stream: string, task: string, now: number): Promise<readonly string[]>
  /** Makes sure of what is owned. */
  renew(): Promise<void>
  /** How much is waiting for a colleague or open in it. */
  load(stream: string): number
  /** Whether an item had no room in its mailbox when it was taken. */
  overflows(item: Item): boolean
  /** Keeps what was stored. */
  keep(stored: Composed): Promise<void>
  /** Drops rows that no longer matter: they are gone from the store. */
  withdraw(ids: readonly string[]): void
  /** Takes up rows that were stored. */
  deliver(rows: readonly NewPending[]): void
  observe(observation: Observation): void
}
