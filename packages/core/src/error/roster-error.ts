import type { ErrorCode } from './error-code.ts'

const brand = Symbol.for('roster.error')

/** What an error says beside its message; every part is optional and safe to show. */
export interface ErrorDetail {
  /** The offending field, as a JSON pointer or a path in the document. */
  readonly path?: string
  /** What to do next. */
  readonly hint?: string
  /** Whether the same call may succeed later without a change. @defaultValue false */
  readonly retryable?: boolean
  readonly cause?: unknown
}

/** An error of Roster: a stable code, the offending field and what to do next. Outcomes that a caller must handle are values, not errors. */
export class RosterError extends Error {
  readonly code: ErrorCode
  readonly path: string | undefined
  readonly hint: string | undefined
  readonly retryable: boolean

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.name = 'RosterError'
    this.code = code
    this.path = detail.path
    this.hint = detail.hint
    this.retryable = detail.retryable ?? false
    Object.defineProperty(this, brand, { value: true })
  }
}

/** Whether a value is a {@link RosterError}, also one from another copy of this package or another realm. */
export function isRosterError(value: unknown, code?: ErrorCode): value is RosterError {
  if (typeof value !== 'object' || value === null || !(brand in value)) return false
  return code === undefined || ('code' in value && value.code === code)
}
