import { isRosterError, RosterError, type ErrorCode } from '@roster/core'

interface Meaning {
  readonly code: ErrorCode
  readonly retryable: boolean
  readonly hint: string
}

const unavailable: Meaning = {
  code: 'store-unavailable',
  retryable: true,
  hint: 'Check that the database is running and reachable; the same call again is safe.',
}
const full: Meaning = {
  code: 'disk-full',
  retryable: false,
  hint: 'Free space on the disk of the database, then start again. What was answered is stored.',
}
const forbidden: Meaning = {
  code: 'store-unavailable',
  retryable: false,
  hint: 'Connect as a user who has the roles roster_writer and roster_reader, and run the migrations as their owner.',
}
const unstorable: Meaning = {
  code: 'not-json',
  retryable: false,
  hint: 'Remove U+0000 from names, ids and texts: PostgreSQL cannot store it.',
}
const defect: Meaning = { code: 'internal', retryable: false, hint: 'Please report this with the message.' }

/** SQLSTATEs and their classes (first two characters), more specific first. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const bySqlState: readonly (readonly [prefix: string, meaning: Meaning])[] = [
  ['53100', full],
  ['58030', unavailable], // I/O error
  ['53', unavailable], // out of memory, too many connections
  ['57', unavailable], // shutting down, cancelled
  ['08', unavailable], // connection
  ['40', unavailable], // serialisation failure, deadlock
  ['55', unavailable], // lock not available
  ['25006', unavailable], // read only: a standby
  ['28', forbidden],
  ['3D000', { ...forbidden, hint: 'Create the database that the connection names.' }],
  ['42501', forbidden],
  ['3F000', { ...forbidden, hint: 'Run the migrations: the schema `roster` is not there.' }],
  ['42P01', { ...forbidden, hint: 'Run the migrations: a table is not there.' }],
  ['42883', { ...forbidden, hint: 'Run the migrations: a function is not there.' }],
  ['22021', unstorable],
]

/** Codes of Node's sockets and files. */
const byNodeCode: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: unavailable,
  ECONNRESET: unavailable,
  EPIPE: unavailable,
  ETIMEDOUT: unavailable,
  ENOTFOUND: unavailable,
  EAI_AGAIN: unavailable,
  ENOENT: unavailable,
  EHOSTUNREACH: unavailable,
  ENOSPC: full,
  EDQUOT: full,
}

/** What `pg` throws without a code when a connection ends or cannot be had. */
const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout/
const noSpace = /No space left on device|ENOSPC|Disk quota exceeded/i

/** Turns what a driver throws into a {@link RosterError} that says what to do; one that is a RosterError already stays as it is. */
export function mapError(error: unknown): RosterError {
  if (isRosterError(error)) return error
  const { code, retryable, hint } = meaningOf(error)
  const said = error instanceof Error ? error.message : String(error)
  return new RosterError(code, `the event store failed: ${said}`, { retryable, hint, cause: error })
}

function meaningOf(error: unknown): Meaning {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  const said = error instanceof Error ? error.message : String(error)
  if (noSpace.test(said)) return full
  const node = byNodeCode[code]
  if (node !== undefined) return node
  const state = bySqlState.find(([prefix]) => code.length === 5 && code.startsWith(prefix))
  if (state !== undefined) return state[1]
  return lostConnection.test(said) ? unavailable : defect
}
