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
import { newsroom } from './newsroom.ts'
import { commitOf, eve, hashedAgain, row, sha256, tamperings, type Database } from './verify/tamperings.ts'

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

it('finds and names each of 10,000 random tamperings', { timeout: 300_000 }, () => {
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
