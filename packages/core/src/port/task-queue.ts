import type { StreamName } from '../stream/stream-name.ts'
import type { NewPending } from './pending-store.ts'

/** By what a task is let in: its first message is pending only once there is room for it. */
export interface QueuePlace {
  readonly playbook: string
  /** Verified name of who asks. */
  readonly requester: string
  /** Higher ones are let in first; of the same, the older. */
  readonly priority: number
}

/** A task that waits to be let in. */
export interface QueuedTask extends QueuePlace {
  readonly stream: StreamName
  readonly queuedAt: number
  /** Its first message. */
  readonly row: NewPending
}

/** How many tasks may be under way at once: from when they are let in until their stream is final. */
export interface QueueLimits {
  /** Of the whole team. */
  readonly team: number
  /** Of each requester. */
  readonly requester: number
  /** Of each playbook, by name. */
  readonly playbooks: { readonly [name: string]: number }
  /** Of each playbook that is not named. */
  readonly otherwise: number
}

/** What was let in, and how many wait. */
export interface Admitted {
  /** First messages that are pending now, in the order in which they were let in. */
  readonly rows: readonly NewPending[]
  readonly queued: number
}

/** Tasks that wait for room. They are accepted, and their budget is open; nothing of them has begun. */
export interface TaskQueue {
  /**
   * Lets in as many tasks as there is room for, by priority and age, in one transaction; callers at once let in no more than one would.
   * A task that is held up by its own playbook or requester holds up no other.
   *
   * @param query.ended streams of tasks that have ended, whose room is free now if they have
   * @param query.sweep whether to look through all that are under way for those that have ended; it is done anyhow where a limit is reached
   */
  admit(
    limits: QueueLimits,
    query?: { readonly ended?: readonly StreamName[]; readonly sweep?: boolean },
  ): Promise<Admitted>
  /** Tasks that wait, in the order in which they would be let in; of one stream, if given. */
  queued(stream?: StreamName): Promise<readonly QueuedTask[]>
  /** Takes a task out of the queue, and makes `row` pending instead of its first message. `false` when it waits no more. */
  withdraw(stream: StreamName, row: NewPending): Promise<boolean>
}
