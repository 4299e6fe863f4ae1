import { createHash } from 'node:crypto'

import type { Exported } from '../../src/client.ts'
import { memoryKeys } from '../../src/embedded/keys.ts'
import { commitText, type SignedCommit } from '../../src/verify/signed-commit.ts'
import type { Row } from '../../src/verify/verify-records.ts'

/** What somebody can change: with all rights on the database, rows and heads; in the folder beside it, signatures. Keys are elsewhere. */
export interface Database {
  readonly rows: readonly Row[]
  readonly heads: Exported['heads']
  readonly commits: readonly SignedCommit[]
}

/** Somebody with a key of their own, which was never the host's. */
export const eve = memoryKeys(['eve'])

const own = ['envelope', 'body', 'salt', 'previousHash', 'hash'] as const
const columnNames = ['id', 'stream', 'version', 'correlationId', 'kind', 'at'] as const

/** Changes something: of a record or signature by its index, in a way that two more choices say. */
export type Tampering = (database: Database, record: number, other: number, text: string) => Database

/** What somebody can do to a history, by what it is. */
export const tamperings: Readonly<Record<string, Tampering>> = {
  'a text is changed': ({ rows, ...rest }, record, other, text) => {
    const column = own[other % own.length] ?? 'hash'
    const before = String(rows[record]?.[column])
    const at = text.length % before.length
    return {
      ...rest,
      rows: rows.with(record, {
        ...row(rows, record),
        [column]: before.slice(0, at) + (before[at] === '7' ? '8' : '7') + before.slice(at + 1),
      }),
    }
  },
  'a column is changed': ({ rows, ...rest }, record, other, text) => {
    const column = columnNames[other % columnNames.length] ?? 'id'
    const before = columnsOf(rows, record)
    return {
      ...rest,
      rows: rows.with(record, {
        ...row(rows, record),
        columns: {
          ...before,
          [column]: typeof before[column] === 'number' ? before[column] + 1 + text.length : `${before[column]}${text}x`,
        },
      }),
    }
  },
  'a body is taken out': ({ rows, ...rest }, record) => ({
    ...rest,
    rows: rows.with(record, { ...row(rows, record), body: null, salt: null }),
  }),
  'a record is removed': ({ rows, ...rest }, record) => ({ ...rest, rows: rows.toSpliced(record, 1) }),
  'a record is removed and the positions are closed': ({ rows, ...rest }, record) => ({
    ...rest,
    rows: rows.toSpliced(record, 1).map((one, index) => ({ ...one, position: index + 1 })),
  }),
  'a record is added': ({ rows, ...rest }, record) => ({
    ...rest,
    rows: [...rows, { ...row(rows, record), position: rows.length + 1 }],
  }),
  'the tail is cut, with the heads moved back': ({ rows, ...rest }, record) => {
    const kept = rows.slice(0, record)
    return { ...rest, rows: kept, heads: headsOf(kept) }
  },
  'a stream is removed, with its head, and the positions are closed': ({ rows, ...rest }, record) => {
    const stream = columnsOf(rows, record).stream
    const kept = rows
      .filter((one) => one.columns?.stream !== stream)
      .map((one, index) => ({ ...one, position: index + 1 }))
    return { ...rest, rows: kept, heads: headsOf(kept) }
  },
  'two records are swapped': ({ rows, ...rest }, record, other) => {
    const second = other % rows.length === record ? (record + 1) % rows.length : other % rows.length
    return {
      ...rest,
      rows: rows
        .with(record, { ...row(rows, second), position: record + 1 })
        .with(second, { ...row(rows, record), position: second + 1 }),
    }
  },
  'a head is changed': ({ rows, ...rest }, record, other) => {
    const index = record % rest.heads.length
    const head = rest.heads[index] ?? absent()
    return {
      ...rest,
      rows,
      heads: rest.heads.with(
        index,
        other % 2 === 0 ? { ...head, version: head.version + 1 } : { ...head, hash: '7'.repeat(64) },
      ),
    }
  },
  'a record is rewritten, with every hash and head that follows from it': ({ rows, ...rest }, record, other) => {
    const { envelope } = row(rows, record)
    const changed = { ...(JSON.parse(envelope) as object), where: { host: `h${other}`, build: 'another' } }
    const rewritten = hashedAgain(
      rows.with(record, { ...row(rows, record), envelope: JSON.stringify(changed) }),
      record,
    )
    return { ...rest, rows: rewritten, heads: headsOf(rewritten) }
  },
  'a record is added at the end of a stream, with hash and head': ({ rows, ...rest }, record) => {
    const last = rows.findLast((one) => one.columns?.stream === columnsOf(rows, record).stream) ?? absent()
    const version = (last.columns?.version ?? 0) + 1
    const envelope = JSON.stringify({ ...(JSON.parse(last.envelope) as object), version })
    const columns = { ...columnsOf([last], 0), version }
    const added = { ...last, envelope, columns, position: rows.length + 1, previousHash: last.hash }
    const grown = [...rows, { ...added, hash: recordHash(added) }]
    return { ...rest, rows: grown, heads: headsOf(grown) }
  },
  'a signature is changed': ({ commits, ...rest }, record, other) => {
    const index = record % commits.length
    const before = commits[index]?.signature ?? ''
    const at = other % (before.length - 2)
    const signature = before.slice(0, at) + (before[at] === 'A' ? 'B' : 'A') + before.slice(at + 1)
    return { ...rest, commits: commits.with(index, { ...commitOf(commits, index), signature }) }
  },
  'a signed list is changed': ({ commits, ...rest }, record, other) => {
    const commit = commitOf(commits, record % commits.length)
    const [first = { position: 0, hash: '' }, ...others] = commit.records
    const changed =
      other % 2 === 0 ? { ...first, position: first.position + 1 } : { ...first, hash: first.hash.replace(/./, 'x') }
    return { ...rest, commits: commits.with(record % commits.length, { ...commit, records: [changed, ...others] }) }
  },
  'a signature is taken out': ({ commits, ...rest }, record) => ({
    ...rest,
    // Without the first, signing began later: that is no contradiction, and the extent of a verification says so.
    commits: commits.toSpliced(1 + (record % (commits.length - 1)), 1),
  }),
  'a record is rewritten, and signed for with a key that was never the host’s': (
    { rows, commits, ...rest },
    record,
  ) => {
    const { envelope } = row(rows, record)
    const changed = { ...(JSON.parse(envelope) as object), where: { host: 'eve', build: 'another' } }
    const rewritten = hashedAgain(
      rows.with(record, { ...row(rows, record), envelope: JSON.stringify(changed) }),
      record,
    )
    const records = rewritten.map(({ position, hash }) => ({ position, hash }))
    const unsigned = { ...commitOf(commits, 0), records, key: eve.publicKey('eve') }
    const forged = { ...unsigned, signature: eve.sign('eve', commitText(unsigned)) }
    return { ...rest, rows: rewritten, heads: headsOf(rewritten), commits: [forged] }
  },
}

export function commitOf(commits: readonly SignedCommit[], index: number): SignedCommit {
  return commits[index] ?? absent()
}

/** Hashes a record again, and what follows it in its stream. */
export function hashedAgain(rows: readonly Row[], from: number): readonly Row[] {
  const stream = columnsOf(rows, from).stream
  let previousHash = row(rows, from).previousHash
  return rows.map((one, index) => {
    if (index < from || one.columns?.stream !== stream) return one
    const again = { ...one, previousHash }
    previousHash = recordHash(again)
    return { ...again, hash: previousHash }
  })
}

function recordHash({ previousHash, envelope }: Pick<Row, 'previousHash' | 'envelope'>): string {
  return sha256(`roster.record.1\n${previousHash}\n${envelope}`)
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function row(rows: readonly Row[], index: number): Row {
  return rows[index] ?? absent()
}

function columnsOf(rows: readonly Row[], index: number): NonNullable<Row['columns']> {
  return row(rows, index).columns ?? absent()
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

function absent(): never {
  throw new TypeError('the history has no such part')
}
