import { canTake, definitionOf, isControl, rebuild, reviveActor, type Message } from '@roster/core'

import { sha256 } from '../../id/sha256.ts'
import { team } from '../team.ts'
import type { Evidence, Read } from './evidence.ts'

/** A message of one sender to one recipient, where it was sent and where it was taken. */
interface Passage {
  readonly id: string
  readonly taken: Read
}

/** What one sender sent to one recipient was taken in the order sent; a later one came first only when the state could not take the earlier. */
export function orderKept({ records }: Evidence): readonly string[] {
  return [...pairs(records).values()].flatMap((passages) =>
    passages.flatMap((later, index) =>
      passages
        .slice(0, index)
        .filter((earlier) => overtaken(earlier, later) && takeable(earlier, later.taken, records))
        .map(({ id }) => `${later.taken.stored.stream} took ${later.id} before ${id}, which was sent first`),
    ),
  )
}

function overtaken(earlier: Passage, later: Passage): boolean {
  return earlier.taken.stored.version >= later.taken.stored.version
}

/** Messages by sender and recipient, in the order sent; without control, which comes first, and what was taken in another stream. */
function pairs(records: readonly Read[]): ReadonlyMap<string, readonly Passage[]> {
  const takenBy = new Map(records.map((read) => [read.envelope.cause.id, read]))
  const found = new Map<string, Passage[]>()
  for (const { envelope } of records) {
    for (const { id, to, type } of envelope.sent) {
      const taken = takenBy.get(id)
      if (taken === undefined || taken.stored.stream !== to || isControl(type)) continue
      const pair = JSON.stringify([envelope.stream, to])
      found.set(pair, [...(found.get(pair) ?? []), { id, taken }])
    }
  }
  return found
}

/** Whether the recipient could have taken a message when it took another one instead. */
function takeable({ id, taken }: Passage, instead: Read, records: readonly Read[]): boolean {
  const { message } = taken.body.payload as unknown as { message: Message }
  const { stream, version } = instead.stored
  const before = records
    .filter(({ stored }) => stored.stream === stream && stored.version < version)
    .map(({ stored }) => stored)
  const { state, hash } = rebuild(before, sha256, { state: null, hash: '0'.repeat(64) })
  const definition = definitionOf(team, stream, state?.origin?.kind)
  if (state === null || definition === undefined) return true
  const actor = reviveActor(stream, definition, { version: version - 1, hash, final: false }, state)
  return canTake(actor, { source: 'message', id, message }) === 'taken'
}
