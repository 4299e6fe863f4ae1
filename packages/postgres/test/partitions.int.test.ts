import type { SealedRecord } from '@roster/core'
import { appendRequest } from '@roster/testing'
import { PGlite } from '@electric-sql/pglite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pgliteStore, type SqlStore } from '../src/index.ts'

let pglite: PGlite
let store: SqlStore
beforeEach(async () => {
  pglite = await PGlite.create()
  store = await pgliteStore({ pglite, tenant: 'acme' })
  await pglite.exec(
    `create or replace function roster.records_partition_size() returns bigint language sql immutable as 'select 100::bigint'`,
  )
})
afterEach(() => pglite.close())

async function append(count: number): Promise<void> {
  let after: SealedRecord | undefined
  for (let version = 1; version <= count; version++) {
    const request = appendRequest({ stream: 'acme/agent/ada', after, fence: null, envelope: { id: `r${version}` } })
    expect(await store.append([request])).toMatchObject([{ kind: 'appended', version }])
    after = request.record
  }
}

const partitions = async (): Promise<readonly string[]> =>
  (
    await pglite.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'roster.records'::regclass order by inhrelid`,
    )
  ).rows.map(({ name }) => name)

describe('partitions of the records', () => {
  it('are there before they are needed', async () => {
    await pglite.exec('drop table roster.records_to_4000001; select roster.extend_records()')
    await append(250)
    expect(await partitions()).toEqual([
      'roster.records_to_101',
      'roster.records_to_201',
      'roster.records_to_301',
      'roster.records_to_401',
    ])
    expect((await store.readAll(0)).map(({ position }) => position)).toEqual(
      Array.from({ length: 250 }, (_, index) => index + 1),
    )
    expect(await store.readRecord('r207')).toMatchObject({ version: 207 })
  })

  it('are made for an append that finds none', async () => {
    await pglite.exec('drop table roster.records_to_4000001')
    await append(1)
    expect(await partitions()).toHaveLength(2)
  })
})
