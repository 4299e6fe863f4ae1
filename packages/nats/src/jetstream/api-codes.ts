import { JetStreamApiError } from '@nats-io/jetstream'

/** Errors of JetStream's API that are told apart here, by the numbers that the server gives them. */
export const apiCodes = {
  /** A stream of this name exists with another configuration. */
  otherConfiguration: 10_058,
  streamNotFound: 10_059,
  /** A consumer of this name exists with another configuration. */
  otherConsumer: 10_148,
} as const

export function hasCode(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code
}
