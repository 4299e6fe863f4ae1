import { RosterError, type Envelope, type Failure, type StoredRecord } from '@roster/core'

import type { OperationsContext } from './context.ts'

/** How long somebody waits for the record of what they sent, in milliseconds. */
const patienceMs = 15_000

/** What a person sent, and where. */
export interface Sent {
  readonly stream: string
  /** The id of its message. */
  readonly id: string
  /** The stream's version before it was sent. */
  readonly after: number
}

/** Waits for the record that a message leaves, whatever else is under way. `undefined` when the stream has ended without taking it, or the time is over. */
export async function recordOf(
  { store, clock, changed, host }: OperationsContext,
  { stream, id, after }: Sent,
): Promise<StoredRecord | undefined> {
  const until = clock.now() + patienceMs
  for (;;) {
    const head = await store.head(stream)
    const records = await store.read(stream, { from: after + 1 })
    const found = records.find((record) => (JSON.parse(record.envelope) as Envelope).cause.id === id)
    if (found !== undefined || head?.final === true || clock.now() >= until) return found
    await Promise.race([changed(Math.max(1, until - clock.now())), host.idle()])
  }
}

/** What a record refused, as an error that says why. */
export function refusalOf({ body, id }: Pick<StoredRecord, 'body' | 'id'>): RosterError {
  const { error } = JSON.parse(body ?? '{}') as { readonly error?: Failure }
  const { code = 'denied', message = 'it was refused', hint = 'Look at its record with `roster why`.' } = error ?? {}
  return new RosterError(code as 'denied', message, { path: id, hint })
}
