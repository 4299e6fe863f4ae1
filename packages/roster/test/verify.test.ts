import { describe, expect, it } from 'vitest'

import type { Exported } from '../src/client.ts'
import { verifyExport } from '../src/client.ts'
import { rehearse } from '../src/testing.ts'
import { verifyRecords, type Row } from '../src/verify/verify-records.ts'
import { newsroom } from './newsroom.ts'

async function history(): Promise<Exported> {
  await using run = await rehearse(newsroom)
  await (await run.publish('brief', { topic: 'tides' })).result()
  return await run.operations.export()
}

function rowsOf({ records }: Exported): Row[] {
  return records.map((record) => {
    const { id, stream, version, correlationId, kind, at } = JSON.parse(record.envelope) as NonNullable<Row['columns']>
    return { ...record, columns: { id, stream, version, correlationId, kind, at } }
  })
}

function rowAt(rows: readonly Row[], index: number): Row {
  return rows[index] ?? fail(`there is no row ${index}`)
}

function columnsOf({ columns }: Row): NonNullable<Row['columns']> {
  return columns ?? fail('the row has no columns')
}

function fail(message: string): never {
  throw new Error(message)
}

describe('verification', () => {
  it('finds nothing in a history that nobody touched', async () => {
    const exported = await history()
    expect(verifyExport(exported)).toMatchObject({ verified: true, records: 20, problems: [] })
  })

  it.for(['position', 'envelope', 'body', 'salt', 'previousHash', 'hash'] as const)(
    'names a record whose %s was changed',
    async (column) => {
      const exported = await history()
      const rows = rowsOf(exported)
      const row = rowAt(rows, 7)
      const changed =
        column === 'position'
          ? 99
          : column === 'envelope'
            ? row.envelope.replace('"at":1', '"at":2')
            : `${String(row[column]).slice(0, -1)}~`
      rows[7] = { ...row, [column]: changed }
      const { verified, problems } = verifyRecords(rows, {
        tenant: exported.tenant,
        heads: exported.heads,
        complete: true,
      })
      expect(verified).toBe(false)
      expect(problems).toContainEqual(
        expect.objectContaining({ stream: row.columns?.stream, version: row.columns?.version }),
      )
    },
  )

  it.for(['id', 'stream', 'version', 'correlationId', 'kind', 'at'] as const)(
    'names the column %s when it no longer says what the envelope says',
    async (column) => {
      const exported = await history()
      const rows = rowsOf(exported)
      const row = rowAt(rows, 3)
      const columns = columnsOf(row)
      rows[3] = { ...row, columns: { ...columns, [column]: typeof columns[column] === 'number' ? 99 : 'other' } }
      expect(
        verifyRecords(rows, { tenant: exported.tenant, heads: exported.heads, complete: true }).problems,
      ).toContainEqual(expect.objectContaining({ code: 'column-changed', field: column, position: row.position }))
    },
  )

  it('finds a removed record, a cut tail, a removed stream and swapped records', async () => {
    const exported = await history()
    const rows = rowsOf(exported)
    const found = (changed: readonly Row[]): readonly string[] =>
      verifyRecords(changed, { tenant: exported.tenant, heads: exported.heads, complete: true }).problems.map(
        ({ code }) => code,
      )
    expect(found(rows.toSpliced(5, 1))).toContain('position-gap')
    expect(found(rows.slice(0, -1))).toContain('tail-missing')
    expect(found(rows.filter(({ columns }) => columns?.stream !== 'newsroom/agent/writer'))).toContain('tail-missing')
    expect(found(rows.with(5, rowAt(rows, 6)).with(6, rowAt(rows, 5)))).toContain('position-gap')
  })
})
