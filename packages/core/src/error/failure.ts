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

/** Characters of a failure's text beyond which it is cut: a failure travels in messages and must always fit into one. */
const maxText = 2000

/** Turns whatever was thrown into data. Stacks and causes stay behind: they may hold secrets and differ from run to run. */
export function failureOf(error: unknown, code: ErrorCode = 'failed'): Failure {
  if (isRosterError(error) || isFailure(error)) {
    const { path, hint } = error
    return {
      code: error.code,
      message: text(error.message),
      ...(typeof path === 'string' ? { path: text(path) } : {}),
      ...(typeof hint === 'string' ? { hint: text(hint) } : {}),
    }
  }
  return { code, message: text(error instanceof Error ? error.message : String(error)) }
}

function text(value: string): string {
  return (value.length <= maxText ? value : `${value.slice(0, maxText - 1)}…`).toWellFormed()
}

/** Whether a value has the shape of a {@link Failure}. */
export function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null || value instanceof Error) return false
  return typeof (value as Failure).code === 'string' && typeof (value as Failure).message === 'string'
}
