import type { StreamName } from '../stream/stream-name.ts'
import type { Budget } from '../budget/budget.ts'
import type { Fence } from './event-store.ts'
import type { QueuePlace } from './task-queue.ts'

export type PendingKind = 'message' | 'timer' | 'effect'

/** A cause that is still to be consumed: a message to an actor, a timer, or an effect to be run. Inserted by the append that causes it. */
export interface NewPending {
  readonly id: string
  readonly kind: PendingKind
  /** Whose cause it is: the recipient of a message, the actor of a timer or an effect. */
  readonly stream: StreamName
  /** The stream whose record inserted it, or the client's name. */
  readonly sender: StreamName
  readonly type: string
  /** Control messages are taken first. */
  readonly control: boolean
  /** When a timer is due, in milliseconds since 1970. */
  readonly dueAt: number | null
  /** When a message stops being worth taking, in milliseconds since 1970. */
  readonly expiresAt: number | null
  /** Canonical JSON of the message, the timer's event, or the effect. */
  readonly body: string
  /** For an effect: who runs it first, for how long (milliseconds). Another runner takes it over only after that. */
  readonly lease: { readonly token: string; readonly ms: number } | null
}

/** A pending row as it is read. */
export interface Pending extends NewPending {
  /** Order of insertion; in order for rows of one sending stream. */
  readonly seq: number
  readonly partition: number
  readonly attempts: number
  /** When the recipient said that it has it, or `null`. Milliseconds since 1970. */
  readonly deliveredAt: number | null
  readonly insertedAt: number
}

/** Something from outside: a task, a person's decision, a cancellation. */
export interface Acceptance {
  /** Who brings it: a client's or person's verified name. */
  readonly client: string
  /** The client's idempotency key. */
  readonly key: string
  /** What is answered, now and to every repetition: canonical JSON. */
  readonly answer: string
  readonly pending: readonly NewPending[]
  /** Opens the budget of a task. */
  readonly grant?: { readonly budget: string; readonly amounts: Budget['granted'] }
  /** Of a task: its first message, the only row, waits in the queue until it is let in. @defaultValue what is brought is pending at once */
  readonly queue?: QueuePlace
}

/** Which messages have waited too long; ages are measured by the store's clock. */
export interface Overdue {
  readonly ageMs: number
  readonly notedAgeMs: number
  readonly after?: number
  readonly limit?: number
}

/** How much waits for one actor. */
export interface MailboxDepth {
  readonly stream: StreamName
  readonly messages: number
  /** How long the oldest has waited, in milliseconds, by the store's clock. */
  readonly oldestMs: number
}

/** What is still to be done, and what came from outside. */
export interface PendingStore {
  /**
   * Remembers something from outside and inserts its pending rows in one transaction. A second call with the same client and key inserts
   * nothing and gives the first answer.
   */
  accept(acceptance: Acceptance): Promise<{ readonly kind: 'accepted' | 'duplicate'; readonly answer: string }>
  /** All pending rows of one actor, control first, then in order of insertion. */
  pendingOf(stream: StreamName): Promise<readonly Pending[]>
  /** Pending rows of partitions, in order of insertion: messages; timers due by `dueBy`; effects whose lease has passed or is nobody's. */
  pendingIn(
    partitions: readonly number[],
    query: { readonly dueBy: number; readonly after?: number; readonly limit?: number },
  ): Promise<readonly Pending[]>
  /**
   * Messages that were inserted at least `ageMs` ago and that no recipient said to have, and those that one said to have at least
   * `notedAgeMs` ago, wherever they go: in order of insertion. They are what the owners of their senders send again.
   */
  overdue(query: Overdue): Promise<readonly Pending[]>
  /** Mailboxes that are not empty, the deepest first. */
  mailboxes(): Promise<readonly MailboxDepth[]>
  /** Ids of the messages that are still pending and were sent before these, each by the same sender to the same recipient. */
  pendingBefore(ids: readonly string[]): Promise<readonly string[]>
  /** When the earliest timer of these partitions is due, or `null`. */
  nextTimer(partitions: readonly number[]): Promise<number | null>
  /** Adds an attempt to each row and answers the new counts; a row that is gone is left out. */
  countAttempts(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Takes an attempt back from each row: the failure was not the message's. */
  returnAttempts(ids: readonly string[]): Promise<void>
  /** Advisory: the recipient has these and cannot take them yet. */
  markDelivered(ids: readonly string[]): Promise<void>
  /** Takes over effects whose lease has passed. Answers those now leased under `token`. */
  leaseEffects(ids: readonly string[], token: string, ms: number): Promise<readonly string[]>
  /** Marks an effect as attempted before a call that cannot be repeated. Answers whether it was attempted before. */
  markAttempted(id: string, token: string): Promise<'first' | 'again' | 'fenced'>
  /** A budget as it stands. */
  budget(id: string): Promise<Budget | undefined>
}

/** Who owns which partitions. */
export interface Ownership {
  /** Claims what is free or whose lease has passed, at most `most`; each claim raises the epoch. */
  claim(owner: string, leaseMs: number, most?: number): Promise<readonly Fence[]>
  /** Extends the lease of what is still owned under these epochs; answers what is. */
  renew(owner: string, fences: readonly Fence[], leaseMs: number): Promise<readonly Fence[]>
  release(owner: string): Promise<void>
}
