import type { NewPending } from './pending-store.ts'

/**
 * Brings word of stored messages to whoever drives tasks outside of a host. It carries no truth: whoever is told looks at what is pending,
 * and what gets lost is brought again by the reconciler.
 */
export interface TaskStarter {
  /**
   * Starts the coordination of a task whose first message is stored. Once for each task: a second start, also of a task that has ended, is
   * `known`.
   *
   * @throws RosterError `coordinator-unavailable` (retryable)
   */
  start(first: NewPending): Promise<'started' | 'known'>
  /**
   * Says that a message to a task is stored. `ended`: nobody drives that task any more.
   *
   * @throws RosterError `coordinator-unavailable` (retryable)
   */
  wake(message: NewPending): Promise<'woken' | 'ended'>
}
