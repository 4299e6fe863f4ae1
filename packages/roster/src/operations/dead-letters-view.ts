import type { Body, Envelope, Failure, Projection } from '@roster/core'

import type { DeadLetter } from '../client/operations.ts'

/** Messages that were set aside: a fold over all records. Keys: the position, so that rows are in order. */
export const deadLettersView: Projection = {
  name: 'dead-letters',
  version: 1,
  keys: ({ position }) => [keyOf(position)],
  apply(record, view) {
    const envelope = JSON.parse(record.envelope) as Envelope
    if (envelope.kind !== 'dead-letter') return
    const body = record.body === null ? null : (JSON.parse(record.body) as Body)
    const error = body?.error as unknown as Failure | undefined
    const { type, kind = '', sender } = envelope.cause
    const letter: DeadLetter = {
      record: envelope.id,
      position: record.position,
      at: envelope.at,
      stream: envelope.stream,
      task: envelope.correlationId,
      type,
      kind,
      sender,
      because: error?.message ?? '',
    }
    view.put(keyOf(record.position), JSON.stringify(letter))
  },
}

function keyOf(position: number): string {
  return `letter/${String(position).padStart(16, '0')}`
}
