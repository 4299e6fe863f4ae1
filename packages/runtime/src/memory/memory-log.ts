import type { Head, Position, SealedRecord, StoredRecord, StreamName, Version } from '@roster/core'
import { byName } from './by-name.ts'

/**
 * The tenant's records in order of position, and the end of each stream.
 *
 * - L1 positions are gapless from 1; versions are gapless from 1 within a stream
 * - L2 what was added is frozen: callers share it and cannot change it
 */
export class MemoryLog {
  readonly #records: StoredRecord[] = []
  readonly #streams = new Map<StreamName, StoredRecord[]>()
  readonly #heads = new Map<StreamName, Head>()

  add(record: SealedRecord, final: boolean): Position {
    const stored = Object.freeze({ ...record, position: this.#records.length + 1 })
    this.#records.push(stored)
    const stream = this.#streams.get(record.stream) ?? []
    if (stream.length === 0) this.#streams.set(record.stream, stream)
    stream.push(stored)
    const { version, hash } = record
    const revoked = this.#heads.get(record.stream)?.revoked ?? false
    this.#heads.set(record.stream, Object.freeze({ stream: record.stream, version, hash, final, revoked }))
    return stored.position
  }

  /** Marks an existing stream as revoked, or no longer: appends to it answer `fenced`. */
  mark(stream: StreamName, revoked: boolean): void {
    const head = this.#heads.get(stream)
    if (head !== undefined) this.#heads.set(stream, Object.freeze({ ...head, revoked }))
  }

  head(stream: StreamName): Head | undefined {
    return this.#heads.get(stream)
  }

  heads(): readonly Head[] {
    return [...this.#heads.values()].toSorted((one, other) => byName(one.stream, other.stream))
  }

  read(stream: StreamName, from: Version = 1, to: Version = Number.MAX_SAFE_INTEGER): readonly StoredRecord[] {
    return (this.#streams.get(stream) ?? []).filter(({ version }) => version >= from && version <= to)
  }

  after(position: Position, limit: number): readonly StoredRecord[] {
    const start = Math.max(0, position)
    return this.#records.slice(start, start + limit)
  }

  where(accepts: (record: StoredRecord) => boolean): readonly StoredRecord[] {
    return this.#records.filter(accepts)
  }

  get end(): Position {
    return this.#records.length
  }
}
