import type { ActorState } from '../actor/actor.ts'
import type { TimerEvent } from '../actor/stimulus.ts'
import type { TimerRequest } from '../actor/timing.ts'
import type { Recorded } from '../replay/again.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { Version } from '../stream/version.ts'

/** A coordinator that stands at a version of a task's stream asks for the next record. */
export interface AdvanceRequest {
  readonly stream: StreamName
  /** The kind of task: the name of its playbook. */
  readonly kind: string
  /** Where the coordinator stands; 0 before the first record. */
  readonly version: Version
  /** A delay of the playbook that has passed. A coordinator keeps delays itself; there are no rows of them. */
  readonly timer?: { readonly id: string; readonly event: TimerEvent }
}

/** What became of it. */
export type Advance =
  /**
   * The record after the version at which the coordinator stands, stored now or before. `more`: something else may be taken at once. With the
   * last record, what the task cost.
   */
  | { readonly kind: 'stored'; readonly record: Recorded; readonly more: boolean; readonly costMicroUsd?: number }
  /** Nothing that is pending can be taken in this state. */
  | { readonly kind: 'waits' }

/** Where a task stands, for a coordinator that did not bring it there itself. */
export interface Resumed {
  readonly version: Version
  readonly state: ActorState | null
  readonly final: boolean
  /** The delays that are set. */
  readonly timers: readonly TimerRequest[]
}

/** Takes a task forward, one transition a call: what is pending is in the store, and what is answered is stored. */
export interface TaskSteps {
  /**
   * Makes the next transition of a task, or finds that it was made already; the caller steps the record that it is given, whatever its
   * cause is. Repeating a call is safe.
   *
   * @throws RosterError `store-unavailable` (retryable): nothing is known, and the same call again finds out.
   */
  advance(request: AdvanceRequest): Promise<Advance>

  /**
   * Where a task stands, by its records alone: version 0 when it has none.
   *
   * @throws RosterError `diverged` when the playbook that is loaded gives another state than the one with which the task began;
   * `chain-broken`; `store-unavailable` (retryable)
   */
  resume(request: Pick<AdvanceRequest, 'stream' | 'kind'>): Promise<Resumed>
}
