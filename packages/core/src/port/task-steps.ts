import type { TimerEvent } from '../actor/stimulus.ts'
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
  /** The record after the version at which the coordinator stands, stored now or before. `more`: something else may be taken at once. */
  | { readonly kind: 'stored'; readonly record: Recorded; readonly more: boolean }
  /** Nothing that is pending can be taken in this state. */
  | { readonly kind: 'waits' }

/** Takes a task forward, one transition a call: what is pending is in the store, and what is answered is stored. */
export interface TaskSteps {
  /**
   * Makes the next transition of a task, or finds that it was made already; the caller steps the record that it is given, whatever its
   * cause is. Repeating a call is safe.
   *
   * @throws RosterError `store-unavailable` (retryable): nothing is known, and the same call again finds out.
   */
  advance(request: AdvanceRequest): Promise<Advance>
}
