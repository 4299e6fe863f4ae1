import { isControl } from '@roster/core'

import type { RecordSummary } from '../../../src/client.ts'

/** What became of messages of which one sender sent several to one recipient. */
export interface Order {
  /** Messages that followed another of the same sender to the same recipient. */
  readonly followed: number
  /** Those that were taken before the one they followed. */
  readonly overtook: readonly string[]
}

/** Compares the order in which messages were sent, which their senders' records have, with that in which they were taken. */
export function orderOf(records: readonly RecordSummary[]): Order {
  const takenAt = new Map(records.map(({ position, envelope }) => [envelope.cause.id, position]))
  const last = new Map<string, number>()
  const overtook: string[] = []
  let followed = 0
  for (const { envelope } of records.toSorted((one, other) => one.position - other.position)) {
    for (const { id, to, type } of envelope.sent) {
      const taken = takenAt.get(id)
      if (taken === undefined || isControl(type)) continue
      const pair = `${envelope.stream} to ${to}`
      const before = last.get(pair)
      if (before !== undefined) followed += 1
      if (before !== undefined && taken < before) overtook.push(`${id} from ${pair}`)
      last.set(pair, taken)
    }
  }
  return { followed, overtook }
}
