import { isRosterError, RosterError } from '@roster/core'

/** Whatever the client library threw, as an error that may pass: the bus is never the only copy of anything. */
export function busError(error: unknown, doing: string): RosterError {
  if (isRosterError(error)) return error
  const because = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new RosterError('bus-unavailable', `${doing} failed: ${because}`, {
    hint: 'Nothing is lost: it is sent again. `roster doctor` looks at the bus.',
    retryable: true,
    cause: error,
  })
}
