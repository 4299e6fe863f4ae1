import type { Approval } from '../approval/approval.ts'
import type { Endorsement } from '../approval/endorsement.ts'
import type { Amounts } from '../budget/amounts.ts'
import type { Failure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { Label } from './label.ts'

/** What an actor is sent. A request is imperative (`read-invoice`), a fact past tense (`job.ended`). */
export interface Message {
  /** Derived from (sender, version, index) for what an actor sends, so that a retry is the same message; a ULID for what comes from outside. */
  readonly id: string
  /**
   * `work` asks a colleague for a piece of work (`kind` says which), `job.start` starts its job, `reply` answers, `task` starts a task,
   * `decision` is a person's answer; control messages are taken first; anything else is the author's own event.
   */
  readonly type: string
  /** For `work`, `job.start` and `task`: which kind. */
  readonly kind?: string
  readonly sender: StreamName
  readonly to: StreamName
  /** The task that all this belongs to. */
  readonly correlationId: string
  /** The record or message that caused this one. */
  readonly causationId: string
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number
  /** When it stops being worth taking, in milliseconds since 1970. */
  readonly expiresAt?: number
  readonly label: Label
  /** For a `reply`: the id of the ask that it answers. */
  readonly inReplyTo?: string
  /** For a `reply`: the failure, when it is one. */
  readonly error?: Failure
  /** Approvals given in this task so far, each bound to its exact arguments. */
  readonly approvals?: readonly Approval[]
  /** What a deterministic check vouches for, each bound to its exact value. */
  readonly endorsements?: readonly Endorsement[]
  /** Who asked for this on whose behalf, the first asker first: `agent/clerk`. Whoever acts on it has no more rights than each of them. */
  readonly onBehalfOf?: readonly string[]
  /** For a `task` that was withdrawn while it was queued: by whom. It never begins. */
  readonly withdrawn?: { readonly by: StreamName }
  /** The part of the sender's budget that the work may use. */
  readonly budget?: Amounts
  readonly payload: Json
}

/** A message without its payload: all that a colleague's machine sees. */
export type MessageEnvelope = Omit<Message, 'payload'>

/** Messages that a mailbox takes before all others. */
export const controlTypes: readonly string[] = [
  'pause',
  'resume',
  'stop',
  'cancel',
  'revoke',
  'limit.raised',
  'terms.stop',
  'terms.resume',
  'terms.revoke',
  'terms.reinstate',
  'terms.level',
  'approval.withdraw',
]

/** Whether a message of this type is taken before all others. */
export function isControl(type: string): boolean {
  return controlTypes.includes(type)
}

/** The envelope of a message. */
export function envelopeOf(message: Message): MessageEnvelope {
  const { payload: _, ...envelope } = message
  return envelope
}
