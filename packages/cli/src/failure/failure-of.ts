import type { Failure } from 'roster'

import { CommandError } from './command-error.ts'

const ofRoster = Symbol.for('roster.error')

/** Whatever was thrown, as data. A RosterError is known by its brand, so that a command which needs no framework loads none. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return error.failure
  if (isRosterError(error)) {
    const { code, message, path, hint } = error
    return { code, message, ...(path === undefined ? {} : { path }), ...(hint === undefined ? {} : { hint }) }
  }
  if (isDiskFull(error)) {
    return {
      code: 'disk-full',
      message: 'the disk is full',
      hint: 'Make room and run the same command again: nothing was lost.',
    }
  }
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    hint: 'This looks like a defect. Set ROSTER_DEBUG=1 to see where it comes from.',
  }
}

/** Whether the same call may succeed later: the process that held the folder ended, or is just starting. */
export function isRetryable(error: unknown, code: string): boolean {
  return isRosterError(error) && error.code === code && error.retryable === true
}

interface Thrown {
  readonly code: string
  readonly message: string
  readonly path?: string
  readonly hint?: string
  readonly retryable?: boolean
}

export function isRosterError(value: unknown, code?: string): value is Thrown {
  if (typeof value !== 'object' || value === null || !(ofRoster in value)) return false
  return code === undefined || (value as unknown as Thrown).code === code
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
