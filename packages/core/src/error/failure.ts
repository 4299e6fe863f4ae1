import type { ErrorCode } from './error-code.ts'
import { isRosterError } from './roster-error.ts'

/** An error as data: what a failed reply carries and a record keeps. */
export interface Failure {
  /** One of {@link ErrorCode}, or a code of the team's own. */
  readonly code: ErrorCode | (string & {})
  readonly message: string
  readonly path?: string
  readonly hint?: string
}

/** Turns whatever was thrown into data. Stacks and causes stay behind: they may hold secrets and differ from run to run. */
export function failureOf(error: unknown, code: ErrorCode = 'failed'): Failure {
  if (isRosterError(error)) {
    return {
      code: error.code,
      message: error.message,
      ...(error.path === undefined ? {} : { path: error.path }),
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    }
  }
  if (isFailure(error)) return { ...error }
  return { code, message: error instanceof Error ? error.message : String(error) }
}

/** Whether a value has the shape of a {@link Failure}. */
export function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null || value instanceof Error) return false
  return typeof (value as Failure).code === 'string' && typeof (value as Failure).message === 'string'
}
