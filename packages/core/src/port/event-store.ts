import type { BudgetChange } from '../budget/budget.ts'
import type { LimitId } from '../budget/amounts.ts'
import type { SealedRecord, StoredRecord } from '../record/record.ts'
import type { ExpectedVersion } from '../stream/expected-version.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { Position, Version } from '../stream/version.ts'
import type { NewPending } from './pending-store.ts'

/** The right to append to the streams of a partition; a stale epoch is refused. */
export interface Fence {
  readonly partition: number
  readonly epoch: number
}

/** One transition to be stored, whole or not at all. */
export interface AppendRequest {
  readonly stream: StreamName
  readonly expected: ExpectedVersion
  /** `null` only for a task's stream under a coordinator, whose fence is expected version and cause. */
  readonly fence: Fence | null
  /**
   * The pending row that this record consumes. `null` only for what the system itself begins (hiring, deployment).
   * `lease` is the token of a leased effect: an outcome with another token is refused as `fenced`.
   */
  readonly cause: { readonly id: string; readonly lease?: string } | null
  readonly record: SealedRecord
  /** Messages, timers and effects that this record causes, in order. */
  readonly pending: readonly NewPending[]
  /** Ids of pending rows that this record makes pointless (timers and effects of states that were left, asks withdrawn); absent ones are fine. */
  readonly cancel: readonly string[]
  readonly budget: readonly BudgetChange[]
  /** Whether this is the stream's last record. Nothing can be appended to it afterwards. */
  readonly final: boolean
}

/** What became of one request. None of these affects its neighbours, except that a later one of the same stream answers `conflict`. */
export type AppendResult =
  | { readonly kind: 'appended'; readonly version: Version; readonly position: Position }
  /** The cause is gone: it was handled before. `version` is the stream's current one. */
  | { readonly kind: 'duplicate'; readonly version: Version }
  | { readonly kind: 'conflict'; readonly actual: Version }
  /** Another owner has the partition or the effect, or the stream is revoked and the record is not the system's. */
  | { readonly kind: 'fenced' }
  | { readonly kind: 'over-limit'; readonly limit: LimitId; readonly budget: string }

/** The end of a stream. */
export interface Head {
  readonly stream: StreamName
  readonly version: Version
  readonly hash: string
  readonly final: boolean
  readonly revoked: boolean
}

/** The append-only store of records. */
export interface EventStore {
  /**
   * Appends each request in one transaction, in order; the answers are in the same order. A request is checked in this order:
   * duplicate, fenced, conflict, over-limit. Positions are gapless for the tenant, and their order is the order of commits.
   *
   * @throws RosterError `store-unavailable` (retryable): whether it was stored is unknown; the same call again answers `duplicate` if it was.
   * @throws RosterError `disk-full`
   */
  append(requests: readonly AppendRequest[]): Promise<readonly AppendResult[]>
  /** Records of a stream in order of version, from `from` (default 1) to `to` (default the end), both included; empty for no stream. */
  read(stream: StreamName, range?: { readonly from?: Version; readonly to?: Version }): Promise<readonly StoredRecord[]>
  /** Records of the tenant after a position, in order, `limit` at most (default 1,000). Nothing is ever skipped below a position once read. */
  readAll(after: Position, limit?: number): Promise<readonly StoredRecord[]>
  /** The end of a stream; `undefined` when it does not exist. */
  head(stream: StreamName): Promise<Head | undefined>
  /** Ends of all streams, in order of name. For verification and reconciliation. */
  heads(): Promise<readonly Head[]>
  /** All records of a task, in order of position. */
  readCorrelated(correlationId: string): Promise<readonly StoredRecord[]>
  /** The record of an id. */
  readRecord(id: string): Promise<StoredRecord | undefined>
}
