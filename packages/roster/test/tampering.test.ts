import { createHash } from 'node:crypto'

import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'

import type { Exported, Verification } from '../src/client.ts'
import { rehearse } from '../src/testing.ts'
import type { Checkpoint } from '../src/verify/checkpoint.ts'
import { verifyCheckpoints } from '../src/verify/verify-checkpoints.ts'
import { recordedKeys } from '../src/verify/recorded-keys.ts'
import { commitText, type SignedCommit } from '../src/verify/signed-commit.ts'
import { verifyApprovals } from '../src/verify/verify-approvals.ts'
import { compareCommits, readCommits, verifyCommits, type ReadCommits } from '../src/verify/verify-commits.ts'
import { verifyRecords, type Row } from '../src/verify/verify-records.ts'
import { memoryKeys } from '../src/embedded/keys.ts'
import { newsroom } from './newsroom.ts'

/** What somebody can change: with all rights on the database, rows and heads; in the folder beside it, signatures. Keys are elsewhere. */
interface Database {
  readonly rows: readonly Row[]
  readonly heads: Exported['heads']
  readonly commits: readonly SignedCommit[]
}

let exported: Exported
let intact: Database
let checkpoints: readonly Checkpoint[]

beforeAll(async () => {
  await using run = await rehearse(newsroom)
  await (await run.publish('brief', { topic: 'tides' }, { idempotencyKey: '1' })).result()
  await run.checkpoint()
  // What comes now is covered by signatures alone.
  await (await run.publish('brief', { topic: 'dunes' }, { idempotencyKey: '2' })).result()
  exported = await run.operations.export()
  checkpoints = exported.checkpoints ?? []
  const rows = exported.records.map((record) => {
    const { id, stream, version, correlationId, kind, at } = JSON.parse(record.envelope) as NonNullable<Row['columns']>
    return { ...record, columns: { id, stream, version, correlationId, kind, at } }
  })
  intact = { rows, heads: exported.heads, commits: exported.commits ?? [] }
})

function problemsOf(database: Database): Verification['problems'] {
  const ordered = database.rows.toSorted((a, b) => a.position - b.position)
  const keys = recordedKeys(ordered)
  return [
    ...unsignedProblemsOf(database),
    ...compareCommits(ordered, database.commits, readOnce(database.commits)).problems,
    ...verifyApprovals(ordered, keys),
  ]
}

const read = new WeakMap<readonly SignedCommit[], ReadCommits>()

/** Signatures as a verifier with the host's key reads them; those that nobody touched are read once. */
function readOnce(commits: readonly SignedCommit[]): ReadCommits {
  const known = read.get(commits) ?? readCommits(commits, { trusted: trusted(), recorded: [] })
  read.set(commits, known)
  return known
}

/** What chains, heads and checkpoints show by themselves. */
function unsignedProblemsOf({ rows, heads }: Database): Verification['problems'] {
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
    const column = columns[other % columns.length] ?? 'id'
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
    const head = rest.heads[index] ?? expect.unreachable()
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
    const last = rows.findLast((one) => one.columns?.stream === columnsOf(rows, record).stream) ?? expect.unreachable()
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

const eve = memoryKeys(['eve'])

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

it('finds by signatures alone what is done behind the last checkpoint with every hash made to fit', () => {
  const from = (checkpoints.at(-1)?.position ?? 0) + 1
  const fitting = [
    'a record is rewritten, with every hash and head that follows from it',
    'a record is added at the end of a stream, with hash and head',
    'the tail is cut, with the heads moved back',
  ]
  for (const name of fitting) {
    let hidden = 0
    for (let record = from; record < intact.rows.length; record++) {
      const tampered = tamperings[name]?.(intact, record, 1, '') ?? intact
      if (unsignedProblemsOf(tampered).length === 0) hidden++
      expect(problemsOf(tampered)).not.toEqual([])
    }
    // The test of the test: there is something that nothing else shows.
    expect(hidden).toBeGreaterThan(0)
  }
})

it('finds a decision that the person did not make, whatever else was made to fit', () => {
  const decisions = intact.rows.flatMap(({ envelope, body }, index) =>
    (JSON.parse(envelope) as { cause: { type: string } }).cause.type === 'decision'
      ? [{ index, body: body ?? '' }]
      : [],
  )
  expect(decisions.length).toBeGreaterThan(0)
  for (const { index, body } of decisions) {
    for (const part of [{ decision: 'declined' }, { signature: 'x' }, { person: 'writer' }, { expiresAt: 1 }]) {
      const changed = withDecision(body, part)
      expect(changed).not.toBe(body)
      const before = row(intact.rows, index)
      const bodyHash = sha256(`roster.body.1\n${before.salt}\n${changed}`)
      const envelope = JSON.stringify({ ...(JSON.parse(before.envelope) as object), bodyHash })
      const rows = hashedAgain(intact.rows.with(index, { ...before, body: changed, envelope }), index)
      expect(verifyApprovals(rows, recordedKeys(rows))).toMatchObject([
        { code: 'approval-forged', position: index + 1, field: 'approval' },
      ])
    }
  }
})

it('knows a decision by a key that was never the person’s', () => {
  const [name] = [...recordedKeys(intact.rows).keys()].filter((one) => one === 'editor')
  expect(name).toBe('editor')
  const keys = new Map([[name ?? '', [{ key: eve.publicKey('eve'), from: 1, until: Infinity }]]])
  expect(verifyApprovals(intact.rows, keys).length).toBeGreaterThan(0)
})

it('knows a history that somebody made up and signed as a whole, by the key that the verifier has', () => {
  const records = intact.rows.map(({ position, hash }) => ({ position, hash }))
  const unsigned = { ...commitOf(intact.commits, 0), records, key: eve.publicKey('eve') }
  const forged = [{ ...unsigned, signature: eve.sign('eve', commitText(unsigned)) }]
  const recorded = [{ key: eve.publicKey('eve'), from: 1, until: Infinity }]
  expect(verifyCommits(intact.rows, forged, { trusted: null, recorded }).problems).toEqual([])
  const by = verifyCommits(intact.rows, forged, { trusted: trusted(), recorded: [] })
  expect(by.problems).toContainEqual(expect.objectContaining({ code: 'commit-forged', field: 'key' }))
})

it('knows a signature by a key that was replaced before', () => {
  const [key = ''] = trusted()
  const recorded = [{ key, from: 1, until: 5 }]
  const { problems } = verifyCommits(intact.rows, intact.commits, { trusted: [], recorded })
  expect(problems).toContainEqual(expect.objectContaining({ code: 'key-retired' }))
})

/** The key that the verifier has of the host. */
function trusted(): readonly string[] {
  return [commitOf(intact.commits, 0).key]
}

/** A body in which parts of the decision are others. */
function withDecision(text: string, part: object): string {
  const body = JSON.parse(text) as { payload: { message: { payload: object } } }
  Object.assign(body.payload.message.payload, part)
  return JSON.stringify(body)
}

function commitOf(commits: readonly SignedCommit[], index: number): SignedCommit {
  return commits[index] ?? expect.unreachable()
}

/** Hashes a record again, and what follows it in its stream. */
function hashedAgain(rows: readonly Row[], from: number): readonly Row[] {
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

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
