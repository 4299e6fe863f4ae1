import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'

import type { Exported, Verification } from '../src/client.ts'
import { rehearse } from '../src/testing.ts'
import type { Checkpoint } from '../src/verify/checkpoint.ts'
import { verifyCheckpoints } from '../src/verify/verify-checkpoints.ts'
import { verifyRecords, type Row } from '../src/verify/verify-records.ts'
import { newsroom } from './newsroom.ts'

/** A store as somebody with all rights on the database sees it: rows and heads. Checkpoints are elsewhere. */
interface Database {
  readonly rows: readonly Row[]
  readonly heads: Exported['heads']
}

let exported: Exported
let intact: Database
let checkpoints: readonly Checkpoint[]

beforeAll(async () => {
  await using run = await rehearse(newsroom)
  await (await run.publish('brief', { topic: 'tides' }, { idempotencyKey: '1' })).result()
  await (await run.publish('brief', { topic: 'dunes' }, { idempotencyKey: '2' })).result()
  await run.checkpoint()
  exported = await run.operations.export()
  checkpoints = exported.checkpoints ?? []
  const rows = exported.records.map((record) => {
    const { id, stream, version, correlationId, kind, at } = JSON.parse(record.envelope) as NonNullable<Row['columns']>
    return { ...record, columns: { id, stream, version, correlationId, kind, at } }
  })
  intact = { rows, heads: exported.heads }
})

function problemsOf({ rows, heads }: Database): Verification['problems'] {
  const ordered = rows.toSorted((a, b) => a.position - b.position)
  return [
    ...verifyRecords(ordered, { tenant: exported.tenant, heads, complete: true }).problems,
    ...verifyCheckpoints(ordered, checkpoints, null),
  ]
}

const own = ['envelope', 'body', 'salt', 'previousHash', 'hash'] as const
const columns = ['id', 'stream', 'version', 'correlationId', 'kind', 'at'] as const

type Tampering = (database: Database, record: number, other: number, text: string) => Database

const tamperings: Readonly<Record<string, Tampering>> = {
  'a text is changed': ({ rows, heads }, record, other, text) => {
    const column = own[other % own.length] ?? 'hash'
    const before = String(rows[record]?.[column])
    const at = text.length % before.length
    return {
      heads,
      rows: rows.with(record, {
        ...row(rows, record),
        [column]: before.slice(0, at) + (before[at] === '7' ? '8' : '7') + before.slice(at + 1),
      }),
    }
  },
  'a column is changed': ({ rows, heads }, record, other, text) => {
    const column = columns[other % columns.length] ?? 'id'
    const before = columnsOf(rows, record)
    return {
      heads,
      rows: rows.with(record, {
        ...row(rows, record),
        columns: {
          ...before,
          [column]: typeof before[column] === 'number' ? before[column] + 1 + text.length : `${before[column]}${text}x`,
        },
      }),
    }
  },
  'a body is taken out': ({ rows, heads }, record) => ({
    heads,
    rows: rows.with(record, { ...row(rows, record), body: null, salt: null }),
  }),
  'a record is removed': ({ rows, heads }, record) => ({ heads, rows: rows.toSpliced(record, 1) }),
  'a record is removed and the positions are closed': ({ rows, heads }, record) => ({
    heads,
    rows: rows.toSpliced(record, 1).map((one, index) => ({ ...one, position: index + 1 })),
  }),
  'a record is added': ({ rows, heads }, record) => ({
    heads,
    rows: [...rows, { ...row(rows, record), position: rows.length + 1 }],
  }),
  'the tail is cut, with the heads moved back': ({ rows }, record) => {
    const kept = rows.slice(0, record)
    return { rows: kept, heads: headsOf(kept) }
  },
  'a stream is removed, with its head, and the positions are closed': ({ rows }, record) => {
    const stream = columnsOf(rows, record).stream
    const kept = rows
      .filter((one) => one.columns?.stream !== stream)
      .map((one, index) => ({ ...one, position: index + 1 }))
    return { rows: kept, heads: headsOf(kept) }
  },
  'two records are swapped': ({ rows, heads }, record, other) => {
    const second = other % rows.length === record ? (record + 1) % rows.length : other % rows.length
    return {
      heads,
      rows: rows
        .with(record, { ...row(rows, second), position: record + 1 })
        .with(second, { ...row(rows, record), position: second + 1 }),
    }
  },
  'a head is changed': ({ rows, heads }, record, other) => {
    const index = record % heads.length
    const head = heads[index] ?? expect.unreachable()
    return {
      rows,
      heads: heads.with(
        index,
        other % 2 === 0 ? { ...head, version: head.version + 1 } : { ...head, hash: '7'.repeat(64) },
      ),
    }
  },
}

it('finds and names each of 10,000 random tamperings', { timeout: 120_000 }, () => {
  expect(problemsOf(intact)).toEqual([])
  const names = Object.keys(tamperings)
  const counted = new Map<string, number>()
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.nat({ max: intact.rows.length - 1 }),
      fc.nat(1000),
      fc.string({ maxLength: 9 }),
      (name, record, other, text) => {
        const problems = problemsOf(tamperings[name]?.(intact, record, other, text) ?? intact)
        counted.set(name, (counted.get(name) ?? 0) + 1)
        expect(problems.length).toBeGreaterThan(0)
        for (const problem of problems) expect(problem.stream !== '' || problem.position !== null).toBe(true)
      },
    ),
    { numRuns: 10_000, seed: 4711 },
  )
  expect([...counted.keys()].toSorted()).toEqual(names.toSorted())
})

function row(rows: readonly Row[], index: number): Row {
  return rows[index] ?? expect.unreachable()
}

function columnsOf(rows: readonly Row[], index: number): NonNullable<Row['columns']> {
  return row(rows, index).columns ?? expect.unreachable()
}

function headsOf(rows: readonly Row[]): Exported['heads'] {
  const heads = new Map(
    rows.map(({ columns: kept, hash }) => [
      kept?.stream ?? '',
      { stream: kept?.stream ?? '', version: kept?.version ?? 0, hash },
    ]),
  )
  return [...heads.values()]
}
