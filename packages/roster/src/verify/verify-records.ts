/**
 * Verifies a history from its texts alone. This file shares no code with what writes records: an error there cannot hide itself here.
 *
 * V1 Positions are gapless from the first to the last; versions of each stream are gapless from 1.
 * V2 Each record's hash covers the hash before it and the whole envelope; each body fits the hash in its envelope.
 * V3 What stands beside the envelope (columns) says what the envelope says.
 * V4 Each stream ends where its head says.
 */
import { createHash } from 'node:crypto'

import type { Verification } from '../client/operations.ts'

/** A record as it is stored, envelope and columns. */
export interface Row {
  readonly position: number
  readonly envelope: string
  readonly body: string | null
  readonly salt: string | null
  readonly previousHash: string
  readonly hash: string
  /** Columns that repeat what the envelope says; absent in an export. */
  readonly columns?: {
    readonly id: string
    readonly stream: string
    readonly version: number
    readonly correlationId: string
    readonly kind: string
    readonly at: number
  }
}

/** What a history must be, beside its records. */
export interface Expected {
  readonly tenant: string
  readonly heads: readonly Head[]
  /** Whether all records of the tenant are here; an export of one task has gaps in its positions. */
  readonly complete: boolean
}

type Problem = Verification['problems'][number]

/** Where a stream ends, as the store says. */
interface Head {
  readonly stream: string
  readonly version: number
  readonly hash: string
}

interface Tip {
  readonly version: number
  readonly hash: string
}

interface ReadEnvelope {
  readonly id?: unknown
  readonly tenant?: unknown
  readonly stream?: unknown
  readonly version?: unknown
  readonly correlationId?: unknown
  readonly kind?: unknown
  readonly at?: unknown
  readonly bodyHash?: unknown
}

/** Checks rows in order of position; names everything that does not fit. */
export function verifyRecords(rows: readonly Row[], expected: Expected): Verification {
  const problems: Problem[] = []
  const seen: Seen = { tips: new Map(), partial: new Set() }
  const { tips } = seen
  let position = 0
  for (const row of rows) {
    if (expected.complete && row.position !== position + 1)
      problems.push(at(row, 'position-gap', 'position', `position ${row.position} follows ${position}`))
    position = row.position
    const envelope = parsed(row.envelope)
    if (envelope === undefined) {
      problems.push(at(row, 'envelope-unreadable', 'envelope', 'the envelope is not JSON'))
      continue
    }
    problems.push(
      ...columnProblems(row, envelope, expected.tenant),
      ...hashProblems(row, envelope),
      ...chainProblems(row, envelope, seen, expected.complete),
    )
    tips.set(String(envelope.stream), { version: Number(envelope.version), hash: row.hash })
  }
  problems.push(...headProblems(tips, expected))
  return {
    verified: problems.length === 0,
    records: rows.length,
    streams: tips.size,
    checkpoints: 0,
    anchoredTo: 0,
    signedFrom: null,
    found: 0,
    problems,
  }
}

function columnProblems(row: Row, envelope: ReadEnvelope, tenant: string): readonly Problem[] {
  const problems = Object.entries(row.columns ?? {})
    .filter(([column, value]) => envelope[column as keyof ReadEnvelope] !== value)
    .map(([column, value]) =>
      at(
        row,
        'column-changed',
        column,
        `the column ${column} says ${String(value)}, the envelope ${String(envelope[column as keyof ReadEnvelope])}`,
      ),
    )
  if (envelope.tenant !== tenant)
    problems.push(at(row, 'column-changed', 'tenant', `the envelope belongs to the tenant ${String(envelope.tenant)}`))
  return problems
}

function hashProblems(row: Row, envelope: ReadEnvelope): readonly Problem[] {
  const problems: Problem[] = []
  if (hash(`roster.record.1\n${row.previousHash}\n${row.envelope}`) !== row.hash) {
    problems.push(
      at(
        row,
        'hash-broken',
        'envelope',
        'the hash does not fit the envelope and the hash before it: one of the three was changed',
      ),
    )
  }
  if (row.body === null || row.salt === null || hash(`roster.body.1\n${row.salt}\n${row.body}`) !== envelope.bodyHash) {
    problems.push(at(row, 'body-broken', 'body', 'the body or its salt does not fit the hash in the envelope'))
  }
  return problems
}

/** What was seen of the streams so far. */
interface Seen {
  readonly tips: Map<string, Tip>
  /** Streams of which only some records are here, in an export of one task: their neighbours are elsewhere. */
  readonly partial: Set<string>
}

function chainProblems(
  row: Row,
  { stream, version }: ReadEnvelope,
  { tips, partial }: Seen,
  complete: boolean,
): readonly Problem[] {
  const name = String(stream)
  const tip = tips.get(name)
  if (!complete && isShared(name) && Number(version) > (tip?.version ?? 0) + 1) partial.add(name)
  if (partial.has(name)) return []
  const before = tip ?? { version: 0, hash: '0'.repeat(64) }
  if (version !== before.version + 1)
    return [at(row, 'version-gap', 'version', `version ${String(version)} follows ${before.version}`)]
  return row.previousHash === before.hash
    ? []
    : [at(row, 'chain-broken', 'previousHash', 'the record does not follow the one before it')]
}

/** Whether a stream has records of several tasks: all but those of a task itself and of a job. */
function isShared(stream: string): boolean {
  return !/^[^/]+\/(task\/|[^/]+\/[^/]+\/job\/)/.test(stream)
}

function headProblems(tips: ReadonlyMap<string, Tip>, { heads, complete }: Expected): readonly Problem[] {
  const known = new Set(heads.map(({ stream }) => stream))
  const headless = [...tips].filter(([stream]) => !known.has(stream))
  return [
    ...heads.flatMap((head) => disagreement(head, tips.get(head.stream), complete)),
    ...headless.map(([stream, { version }]) =>
      ofHead(stream, version, 'head-missing', 'the stream has records but no head'),
    ),
  ]
}

function disagreement(
  { stream, version, hash: head }: Head,
  tip: Tip | undefined,
  complete: boolean,
): readonly Problem[] {
  const here = tip?.version ?? 0
  if (here !== version)
    return complete || !isShared(stream)
      ? [ofHead(stream, here, 'tail-missing', `the head says ${version} records, ${here} are here`)]
      : []
  return tip?.hash === head
    ? []
    : [ofHead(stream, version, 'head-changed', 'the head has another hash than the last record')]
}

function at({ envelope, position, columns }: Row, code: string, field: string, message: string): Problem {
  const read = parsed(envelope)
  const stream = columns?.stream ?? (typeof read?.stream === 'string' ? read.stream : '')
  const version = columns?.version ?? (typeof read?.version === 'number' ? read.version : null)
  return { code, stream, version, position, field, message }
}

function ofHead(stream: string, version: number, code: string, message: string): Problem {
  return { code, stream, version, position: null, field: 'head', message }
}

function parsed(text: string): ReadEnvelope | undefined {
  try {
    return JSON.parse(text) as ReadEnvelope
  } catch {
    return undefined
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
