import { sha256 } from '@roster/testing'
import { describe, expect, it } from 'vitest'

import {
  canonical,
  parseRecord,
  rebuild,
  seal,
  type Envelope,
  type RecordDraft,
  type StoredRecord,
} from '../../src/index.ts'
import { livedCourse } from '../kit/course.ts'

const { records, state } = livedCourse()
const nothing = { state: null, hash: '0'.repeat(64) }

/** The history with one record replaced by what is made of it. */
function changed(version: number, change: (record: StoredRecord) => Partial<StoredRecord>): readonly StoredRecord[] {
  return records.map((record) => (record.version === version ? { ...record, ...change(record) } : record))
}

/** A record that hashes as it should, with another envelope or body. */
function resealed(
  { envelope, body, salt, previousHash }: StoredRecord,
  edit: (draft: RecordDraft) => RecordDraft,
): Partial<StoredRecord> {
  const { bodyHash: _, ...parts } = JSON.parse(envelope) as Envelope
  const { position: __, ...sealed } = {
    position: 0,
    ...seal(edit({ envelope: parts, body: JSON.parse(body ?? '') }), previousHash, salt ?? '', sha256),
  }
  return sealed
}

describe('a history', () => {
  it('gives the state at its end by its patches alone', () => {
    expect(canonical(rebuild(records, sha256, nothing).state as never)).toBe(canonical(state))
  })

  it('gives the state at any version, and goes on from there', () => {
    for (const { version } of records) {
      const before = rebuild(records.slice(0, version), sha256, nothing)
      expect(rebuild(records.slice(version), sha256, before)).toEqual(rebuild(records, sha256, nothing))
    }
  })

  it('gives nothing before its first record', () => {
    expect(rebuild([], sha256, nothing)).toEqual(nothing)
  })
})

describe('a record that was changed behind the store’s back is named, with its part:', () => {
  const other = 'f'.repeat(64)
  it.each<readonly [string, (record: StoredRecord) => Partial<StoredRecord>, string]>([
    ['its envelope', ({ envelope }) => ({ envelope: envelope.replace('"at":', '"at":1') }), 'hash'],
    ['its hash', () => ({ hash: other }), 'hash'],
    ['the hash before it', () => ({ previousHash: other }), 'previousHash'],
    ['its body', ({ body }) => ({ body: (body ?? '').replace('"patch":[', '"patch":[ ') }), 'body'],
    ['its salt', () => ({ salt: '0'.repeat(32) }), 'body'],
    ['its body erased', () => ({ body: null }), 'body'],
    ['its id', () => ({ id: 'another' }), 'id'],
    ['its stream', () => ({ stream: 'acme/agent/ada' }), 'stream'],
    ['its version', () => ({ version: 99 }), 'version'],
    ['its task', () => ({ correlationId: 't2' }), 'correlationId'],
    ['its kind', () => ({ kind: 'denied' }), 'kind'],
    ['its time', () => ({ at: 1 }), 'at'],
    [
      'all of it, sealed again',
      (record) => resealed(record, ({ envelope, body }) => ({ envelope: { ...envelope, at: 1 }, body })),
      'previousHash',
    ],
  ])('%s', (_, change, path) => {
    const tampered = changed(3, change)
    let error: unknown
    try {
      rebuild(tampered, sha256, nothing)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ code: 'chain-broken', path })
    expect((error as Error).message).toMatch(/^record (3|4|99) of acme\//)
  })

  it('one taken out, two swapped, one added', () => {
    const without = records.filter(({ version }) => version !== 5)
    const swapped = [...records.slice(0, 2), records[3], records[2], ...records.slice(4)] as StoredRecord[]
    const doubled = [...records.slice(0, 3), records[2] as StoredRecord, ...records.slice(3)]
    for (const history of [without, swapped, doubled]) {
      expect(() => rebuild(history, sha256, nothing)).toThrow('its previousHash does not follow the record before it')
    }
  })

  it('a last one whose patch was changed and sealed again: it gives another state than its digest', () => {
    const { version } = records.at(-1) as StoredRecord
    const patched = changed(version, (record) =>
      resealed(record, ({ envelope, body }) => ({ envelope, body: { ...body, patch: body.patch.slice(1) } })),
    )
    expect(() => rebuild(patched, sha256, nothing)).toThrow('its patch gives another state than the one recorded')
  })
})

describe('a record', () => {
  it('says who, where, why, what and how it ended', () => {
    const last = records.at(-1) as StoredRecord
    const { envelope, body } = parseRecord(last, last.previousHash, sha256)
    expect(envelope).toMatchObject({
      schema: 1,
      kind: 'stepped',
      who: { colleague: 'ada', definition: 'course@1.0.0' },
      cause: { source: 'effect', type: 'done' },
      correlationId: 't1',
      before: { both: { asking: 'over', using: 'searching' } },
      after: 'ended',
      label: { integrity: 'untrusted', sources: ['client/web', 'tool/search'] },
      outcome: { status: 'done' },
    })
    expect(body.payload).toMatchObject({ child: 'use', outcome: { kind: 'done', output: ['page'] } })
  })

  it('keeps payloads and inputs in the body, which can be erased, and only their ids in the envelope', () => {
    const [first] = records as [StoredRecord]
    expect(first.envelope).not.toContain('tides')
    expect(first.body).toContain('tides')
  })

  it('of the same draft on the same hash is the same', () => {
    expect(livedCourse().records).toEqual(records)
  })
})
