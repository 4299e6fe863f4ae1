import type { Endorsed } from '../approval/endorsement.ts'
import type { Verdict } from '../policy/question.ts'
import type { Amounts } from '../budget/amounts.ts'
import type { Json } from '../json/json.ts'
import type { Label } from '../message/label.ts'
import type { Position, Version } from '../stream/version.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { Operation } from './patch.ts'

/** Version of the shape of envelope and body. */
export const recordSchema = 1

/**
 * - `stepped`: the machine took a message
 * - `denied`: a policy, a missing approval or a revocation forbade it; nothing changed
 * - `refused`: no state takes it, or its input does not fit; nothing changed, or the actor ends with it
 * - `ignored`: it came too late to matter (an answer to what was given up)
 * - `dead-letter`: it failed too often and was set aside
 * - `ended`: the runtime ended the actor (cancelled, stopped, revoked)
 * - `deployed`: a team was loaded; only in `<team>/team`
 * - `paused`: the machine took a message, and a limit stands in the way of its effects: they wait until it is raised
 * - `noted`: people decided something about a colleague or the team, beside its machine: a stop, a level of autonomy, a withdrawal, a schedule
 */
export type RecordKind =
  | 'stepped'
  | 'denied'
  | 'refused'
  | 'ignored'
  | 'dead-letter'
  | 'ended'
  | 'deployed'
  | 'noted'
  | 'paused'

/** Where an effect ran: the team's own process, a child process, or the sandbox. */
export type Place = 'host' | 'process' | 'sandbox'

/** The cause of a record: what the store's pending row (or the outside) brought. */
export interface Cause {
  readonly id: string
  readonly source: 'message' | 'timer' | 'effect' | 'external'
  readonly type: string
  readonly kind?: string
  readonly sender: StreamName
}

/** One question to the policy and its answer, as a record keeps it. */
export interface Decision extends Verdict {
  readonly principal: string
  readonly action: string
  readonly resource: string
  /** The effect or message it was asked for, if it is not the cause itself. */
  readonly concerns?: string
  /** Names of the approvals that the effect uses up, if there are any. */
  readonly approvals?: readonly string[]
  /** Why its arguments are as good as trusted, one by one, if it needs them to be. */
  readonly endorsed?: readonly Endorsed[]
  /** On whose behalf it is done: all of them must be allowed it too. */
  readonly onBehalfOf?: readonly string[]
}

/** What the machine did: who may want to know why this path and no other. */
export interface Path {
  /** Guards in the order in which they were asked. */
  readonly guards: readonly { readonly guard: string; readonly result: boolean }[]
  /** Transitions taken, microstep by microstep; `target` is empty for one that only assigns. */
  readonly taken: readonly { readonly source: string; readonly event: string; readonly target: readonly string[] }[]
}

/** The part of a record that its hash covers. Everything here may be shown to an auditor. */
export interface Envelope {
  readonly schema: number
  readonly id: string
  readonly tenant: string
  readonly stream: StreamName
  readonly version: Version
  /** In milliseconds since 1970. */
  readonly at: number
  readonly kind: RecordKind
  /** Who: the colleague's name (or `system`), its definition and the public key that acted, if it has one. */
  readonly who: {
    readonly colleague: string
    readonly definition: string
    readonly digest: string
    readonly key?: string
  }
  readonly where: { readonly host: string; readonly build: string; readonly place?: Place }
  readonly cause: Cause
  readonly correlationId: string
  readonly causationId: string
  readonly traceparent?: string
  /** State values before and after; `null` before the first record. */
  readonly before: Json
  readonly after: Json
  readonly path: Path
  readonly decisions: readonly Decision[]
  readonly label: Label
  /** SHA-256 of the canonical actor state after this record. */
  readonly stateDigest: string
  readonly sent: readonly {
    readonly id: string
    readonly type: string
    readonly kind?: string
    readonly to: StreamName
  }[]
  readonly timers: readonly { readonly id: string; readonly dueAt: number }[]
  readonly effects: readonly {
    readonly id: string
    readonly skill: string
    readonly name: string
    readonly key: string
  }[]
  readonly cancelled: readonly string[]
  /** What was held and what was used by the transition. */
  readonly held: Amounts
  readonly used: Amounts
  /** How the actor ended, if this is its last record. */
  readonly outcome?: {
    readonly status: 'done' | 'failed' | 'refused' | 'cancelled' | 'stopped' | 'revoked'
    readonly code?: string
  }
  /** Business keys of a task (`invoice/4711`); on its first record and whenever more became known. */
  readonly about?: readonly string[]
  /** SHA-256 over the salt and the body's text: the body can be erased without breaking the chain. */
  readonly bodyHash: string
}

/** The part of a record that may hold personal data: hashed apart, erasable. */
export interface Body {
  /** What the cause carried: a message's payload, an effect's outcome. */
  readonly payload: Json
  /** The change of the persisted actor state: any version can be rebuilt from these, running no code. */
  readonly patch: readonly Operation[]
  /** Inputs of the effects started, by id. */
  readonly inputs: { readonly [effect: string]: Json }
  /** Payloads of the messages sent, by id. */
  readonly payloads: { readonly [message: string]: Json }
  /** Detail of an error or refusal. */
  readonly error?: Json
  /** Beside the payload: evidence such as a signed approval, a deployment's difference, a model's raw answer. */
  readonly evidence?: Json
}

/** What a transition leaves before it is hashed into its chain. */
export interface RecordDraft {
  readonly envelope: Omit<Envelope, 'bodyHash'>
  readonly body: Body
}

/** A record ready to be appended. The texts are what was hashed and what is stored; nothing is derived from them again. */
export interface SealedRecord {
  readonly id: string
  readonly stream: StreamName
  readonly version: Version
  readonly correlationId: string
  readonly kind: RecordKind
  /** In milliseconds since 1970. */
  readonly at: number
  /** Canonical JSON of the {@link Envelope}. */
  readonly envelope: string
  /** Canonical JSON of the {@link Body}. */
  readonly body: string
  readonly salt: string
  readonly previousHash: string
  readonly hash: string
}

/** A record as it is read. `body` is `null` once it was erased. */
export interface StoredRecord extends Omit<SealedRecord, 'body' | 'salt'> {
  readonly position: Position
  readonly body: string | null
  readonly salt: string | null
}
