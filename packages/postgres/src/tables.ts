import type { Generated } from 'kysely'

/** An eight-byte integer as a driver gives it: `pg` as text, PGlite as a number. Read it with `Number()`; all of ours are safe integers. */
export type Int8 = string | number

/** The tables as Kysely sees them, for reading. What they mean is told in `migration/0001-tables.ts`. */
export interface Tables {
  records: {
    tenant: string
    position: Int8
    stream: string
    version: Int8
    id: string
    correlation_id: string
    kind: string
    at: Int8
    envelope: string
    body: string | null
    salt: string | null
    previous_hash: string
    hash: string
  }
  heads: {
    tenant: string
    stream: string
    partition: number
    version: Int8
    hash: string
    final: boolean
    revoked: boolean
  }
  pending: {
    tenant: string
    id: string
    seq: Generated<Int8>
    kind: string
    stream: string
    partition: number
    sender: string
    type: string
    control: boolean
    due_at: Int8 | null
    expires_at: Int8 | null
    body: string
    lease_token: string | null
    lease_ms: Int8 | null
    lease_until: Int8 | null
    attempts: number
    attempted: boolean
    delivered_at: Int8 | null
    inserted_at: Int8
  }
  queue: {
    tenant: string
    stream: string
    seq: Generated<Int8>
    open: boolean
    playbook: string
    requester: string
    priority: number
    id: string
    partition: number
    sender: string
    type: string
    expires_at: Int8 | null
    body: string
    queued_at: Int8
  }
  partitions: { tenant: string; partition: number; owner: string | null; epoch: Int8; lease_until: Int8 }
  counters: { tenant: string; position: Int8 }
  budgets: { tenant: string; id: string; granted: readonly Int8[]; held: readonly Int8[]; used: readonly Int8[] }
  snapshots: { tenant: string; stream: string; version: Int8; state: string }
  blobs: { tenant: string; hash: string; content: Uint8Array }
  projection_checkpoints: { tenant: string; projection: string; version: number; position: Int8 }
  projection_rows: { tenant: string; projection: string; key: string; value: string }
}
