import type {
  Amounts,
  Bus,
  Clock,
  EffectResult,
  IdSource,
  Json,
  NewPending,
  Place,
  Policy,
  Sha256,
  Store,
  Team,
} from '@roster/core'

import type { Observe } from './observation.ts'

/** Runs what actors ask for. The host has authorised it and will record what it answers. */
export interface EffectRunner {
  /** Never rejects for what the effect itself did wrong: that is a failed result. */
  run(call: EffectCall): Promise<EffectAnswer>
}

/** One effect to be run. */
export interface EffectCall {
  readonly skill: 'think' | 'use'
  readonly name: string
  readonly input: Json
  readonly stream: string
  readonly task: string
  /** The kind of work, for a job: it says which instructions and contracts hold. */
  readonly kind: string
  /** The same for every try of the same effect. */
  readonly key: string
  readonly signal: AbortSignal
  /** Is told the words of a model as it says them. @defaultValue nobody watches */
  readonly told?: (words: string) => void
}

/** Words of a model, as it says them: not on record, not checked, and perhaps said again when a call is made again. */
export interface Said {
  readonly stream: string
  readonly task: string
  /** Names the effect: words of the same one belong together. */
  readonly effect: string
  readonly words: string
}

/** What an effect answered. */
export interface EffectAnswer {
  readonly result: EffectResult
  readonly used: Amounts
  readonly place: Place
  /** Kept in the record's body: a model's name, its raw answer, the digest of its prompt. */
  readonly evidence?: Json
}

/** Wakes the host at a time. Virtual in tests. */
export interface Alarm {
  /** Calls back once at or after this time, in milliseconds since 1970. A second call under the same name replaces the first; `null` unsets it. */
  set(name: string, at: number | null, ring: () => void): void
}

/** What it takes to make one transition of an actor and store it. */
export interface TransitionPorts {
  readonly store: Store
  readonly team: Team
  readonly policy: Policy
  readonly clock: Clock
  readonly ids: IdSource
  readonly sha256: Sha256
  /** Verifies an Ed25519 signature over a text, and says which public keys are a person's. */
  readonly signatures: {
    readonly verify: (key: string, text: string, signature: string) => boolean
    readonly keysOf: (person: string) => readonly string[]
  }
  /** Public key that acts for a colleague, for the record. */
  readonly keyOf?: (colleague: string) => string | undefined
  readonly observe?: Observe
}

/** Everything a host is built from. */
export interface HostPorts extends TransitionPorts {
  readonly effects: EffectRunner
  readonly alarm: Alarm
  /** Is told the words of models as they say them. Must not throw. @defaultValue nobody watches, and nothing is streamed */
  readonly watch?: (said: Said) => void
  /** Brings messages to and from other hosts; none where all partitions are ours. */
  readonly bus?: Bus
  /**
   * Is handed the messages to tasks that are stored here, where a coordinator drives them; it looks itself for what was not brought, and
   * sends again what tasks have sent. @defaultValue none: the host drives them itself
   */
  readonly tasks?: { readonly deliver: (messages: readonly NewPending[]) => void }
}

/** Pending messages of one actor beyond which it refuses more, unless a host is told otherwise. */
export const defaultMailboxDepth = 1000

/** How a host behaves. */
export interface HostOptions {
  /** Its name in records and ownership. */
  readonly name: string
  /** The build that runs, for the record. */
  readonly build: string
  /** How long a partition stays ours without renewal, in milliseconds; 0 when the store is ours alone. @defaultValue 0 */
  readonly partitionLeaseMs?: number
  /** Partitions that it takes at its start, at most; what falls free later it takes whatever that makes. @defaultValue all */
  readonly mostPartitions?: number
  /** How long a message to another host's actor stays pending before it is sent again, in milliseconds. @defaultValue 5000 */
  readonly resendAfterMs?: number
  /** How long an effect stays ours, in milliseconds; 0 when the store is ours alone. @defaultValue 0 */
  readonly effectLeaseMs?: number
  /** Pending messages of one actor beyond which it refuses more. @defaultValue 1000 */
  readonly mailboxDepth?: number
  /** Attempts after which a message is set aside. @defaultValue 5 */
  readonly maxAttempts?: number
  /** Actors kept in memory. @defaultValue 1000 */
  readonly maxActors?: number
  /** Whether each function of a machine is called twice and compared, which finds a clock or a die in it. @defaultValue false */
  readonly checkPurity?: boolean
  /** Records after which a snapshot is kept. @defaultValue 20 */
  readonly snapshotEvery?: number
}
