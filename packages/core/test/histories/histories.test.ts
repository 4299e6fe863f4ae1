import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { sha256 } from '@roster/testing'
import { describe, expect, it } from 'vitest'

import { rebuild, restep, stateDigest, type Envelope, type StoredRecord } from '../../src/index.ts'
import { team } from '../kit/sample.ts'
import { subjects } from './subjects.ts'

/**
 * Histories that were recorded once and must be readable and repeatable for ever. A change that alters what they come to breaks the
 * streams of everybody who upgrades: it needs a flag with a reason and a version, not a new file. Where a history is to be recorded anew
 * all the same, delete its file and run this test with `ROSTER_RECORD_HISTORIES=1`.
 */
describe.each(Object.entries(subjects))('the golden history of a %s', (name, { stream, definition, record }) => {
  const file = new URL(`${name}.json`, import.meta.url)
  if (process.env['ROSTER_RECORD_HISTORIES'] === '1' && !existsSync(file)) {
    writeFileSync(file, `${JSON.stringify({ format: 'roster.history.1', stream, records: record() }, null, 2)}\n`)
  }
  const { records } = JSON.parse(readFileSync(file, 'utf8')) as { readonly records: readonly StoredRecord[] }

  it('is whole, and gives its state by its patches', () => {
    const { state } = rebuild(records, sha256, { state: null, hash: '0'.repeat(64) })
    const last = JSON.parse(records.at(-1)?.envelope ?? '') as Envelope
    expect(stateDigest(state, sha256)).toBe(last.stateDigest)
  })

  it('comes to the same digests when it is stepped again', () => {
    expect(restep(team, stream, definition, records, sha256)).toMatchObject({ kind: 'same', steps: records.length })
  })

  it('is recorded today as it was then', () => {
    expect(record().map(({ envelope }) => JSON.parse(envelope) as object)).toEqual(
      records.map(({ envelope }) => JSON.parse(envelope) as object),
    )
  })
})
