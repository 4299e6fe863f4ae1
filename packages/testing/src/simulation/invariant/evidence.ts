import {
  partitionCount,
  type Body,
  type Envelope,
  type Head,
  type Pending,
  type Store,
  type StoredRecord,
} from '@roster/core'

import type { Client } from '../client.ts'
import type { Deed } from '../outside.ts'

/** A record with its texts read. */
export interface Read {
  readonly stored: StoredRecord
  readonly envelope: Envelope
  readonly body: Body
}

/** All that is left when a schedule is over. */
export interface Evidence {
  readonly records: readonly Read[]
  readonly heads: readonly Head[]
  readonly pending: readonly Pending[]
  readonly deeds: readonly Deed[]
  readonly clients: readonly Client[]
  readonly trespasses: readonly string[]
}

const everywhere = Array.from({ length: partitionCount }, (_, partition) => partition)

/** Everything of these partitions that is pending and not leased to anybody. */
export function pendingEverywhere(store: Store): Promise<readonly Pending[]> {
  return store.pendingIn(everywhere, { dueBy: Number.MAX_SAFE_INTEGER })
}

/** Reads what a store has kept. */
export async function recordsOf(store: Store): Promise<readonly Read[]> {
  const records = await store.readAll(0, Number.MAX_SAFE_INTEGER)
  return records.map((stored) => new LazyRead(stored))
}

/** Few bodies are looked into, those several times. */
class LazyRead implements Read {
  readonly stored: StoredRecord
  readonly envelope: Envelope
  #body: Body | undefined

  constructor(stored: StoredRecord) {
    this.stored = stored
    this.envelope = JSON.parse(stored.envelope) as Envelope
  }

  get body(): Body {
    return (this.#body ??= JSON.parse(this.stored.body ?? '{}') as Body)
  }
}
