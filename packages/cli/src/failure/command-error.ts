import type { Failure } from 'roster'

/**
 * What stops a command. Not a RosterError: a command can fail before any of the framework is loaded, and with codes of its own
 * (`file-not-found`, `document-too-large`, `team-not-found`, …).
 */
export class CommandError extends Error {
  readonly failure: Failure

  constructor(
    code: string,
    message: string,
    detail: { readonly path?: string; readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    const { cause, ...where } = detail
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'CommandError'
    this.failure = { code, message, ...where }
  }
}

/** An error in the words of the command line: exit code 2. */
export function usageError(message: string, path: string, hint: string): CommandError {
  return new CommandError('usage', message, { path, hint })
}
