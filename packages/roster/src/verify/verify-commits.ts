/**
 * Checks that the host signed for every record. This file shares no code with what signs but the text that is signed.
 *
 * K1 Every signature is by a key that is trusted, or that the roster recorded as the host's, and by none that was replaced before.
 * K2 Every record from the first signed position on is signed for, at its position and with its hash.
 * K3 Every position that is signed for has its record: a tail that was cut off shows, with or without a checkpoint.
 */
import type { Verification } from '../client/operations.ts'
import type { RecordedKey } from './recorded-keys.ts'
import { isSignedBy } from './signature.ts'
import { commitText, type SignedCommit } from './signed-commit.ts'
import type { Row } from './verify-records.ts'

type Problem = Verification['problems'][number]

/** Whose signatures count. */
export interface HostKeys {
  /** Keys that the verifier knows by itself; `null` for any that the roster recorded, or any at all where it recorded none. */
  readonly trusted: readonly string[] | null
  readonly recorded: readonly RecordedKey[]
}

/** What was found about the signatures over a history. */
export interface Signed {
  /** The first position from which on every record is to be signed for; `null` where nothing is signed. */
  readonly signedFrom: number | null
  /** Records that no process signed when it appended them, and a later one found. */
  readonly found: number
  readonly problems: readonly Problem[]
}

/** Compares what was signed with the records that are here, which are all of the tenant. */
export function verifyCommits(rows: readonly Row[], commits: readonly SignedCommit[], keys: HostKeys): Signed {
  return compareCommits(rows, commits, readCommits(commits, keys))
}

/** Signatures that hold, and what is wrong with the others. */
export interface ReadCommits {
  readonly sound: readonly SignedCommit[]
  readonly problems: readonly Problem[]
}

/** Tells signatures that hold from those that do not. */
export function readCommits(commits: readonly SignedCommit[], keys: HostKeys): ReadCommits {
  const sound: SignedCommit[] = []
  const problems: Problem[] = []
  for (const commit of commits) {
    const flaw = flawOf(commit, keys)
    if (flaw === undefined) sound.push(commit)
    else problems.push(flaw)
  }
  return { sound, problems }
}

/** Compares the signatures that hold with the records that are here. */
export function compareCommits(
  rows: readonly Row[],
  commits: readonly SignedCommit[],
  { sound, problems }: ReadCommits,
): Signed {
  const found = sound.reduce((sum, commit) => sum + (commit.found === true ? commit.records.length : 0), 0)
  // A signature that was spoiled still says where signing began.
  const signedFrom = commits
    .flatMap(({ records }) => records.map(({ position }) => position))
    .reduce<number | null>((least, position) => Math.min(least ?? position, position), null)
  if (signedFrom === null) return { signedFrom, found, problems }
  return {
    signedFrom,
    found,
    problems: [...problems, ...differences(rows, hashesOf(sound), signedFrom), ...missing(rows, sound)],
  }
}

function hashesOf(commits: readonly SignedCommit[]): ReadonlyMap<number, ReadonlySet<string>> {
  const signed = new Map<number, Set<string>>()
  for (const { records } of commits)
    for (const { position, hash } of records) signed.set(position, (signed.get(position) ?? new Set()).add(hash))
  return signed
}

function differences(
  rows: readonly Row[],
  signed: ReadonlyMap<number, ReadonlySet<string>>,
  signedFrom: number,
): readonly Problem[] {
  return rows
    .filter(({ position }) => position >= signedFrom)
    .flatMap((row) => differenceOf(row, signed.get(row.position)))
}

function missing(rows: readonly Row[], commits: readonly SignedCommit[]): readonly Problem[] {
  const here = new Set(rows.map(({ position }) => position))
  const gone = commits.flatMap(({ records }) => records.filter(({ position }) => !here.has(position)))
  return [...new Set(gone.map(({ position }) => position))].map((position) =>
    problemAt(position, 'record-missing', 'the host signed for a record here, and there is none'),
  )
}

function differenceOf({ position, hash }: Row, signed: ReadonlySet<string> | undefined): readonly Problem[] {
  if (signed === undefined)
    return [problemAt(position, 'record-unsigned', 'the host did not sign for the record: it did not append it')]
  // Two hosts cannot have signed for two records at one position.
  if (signed.has(hash) && signed.size === 1) return []
  return [problemAt(position, 'record-replaced', 'the host signed for another record at this position')]
}

function flawOf(commit: SignedCommit, { trusted, recorded }: HostKeys): Problem | undefined {
  const position = commit.records[0]?.position ?? 0
  if (!isSignedBy(commit.key, commitText(commit), commit.signature))
    return problemAt(position, 'commit-forged', 'the signature over the commit does not fit', 'signature')
  if (trusted?.includes(commit.key) === true || (trusted === null && recorded.length === 0)) return undefined
  const known = recorded.filter(({ key }) => key === commit.key)
  if (known.length === 0)
    return problemAt(position, 'commit-forged', 'the commit is signed with a key that was never the host’s', 'key')
  const last = commit.records.reduce((most, record) => Math.max(most, record.position), 0)
  if (known.some(({ until }) => last < until)) return undefined
  return problemAt(position, 'key-retired', 'the commit is signed with a key that was replaced before', 'key')
}

function problemAt(position: number, code: string, message: string, field = 'signature'): Problem {
  return { code, stream: '', version: null, position, field, message }
}
