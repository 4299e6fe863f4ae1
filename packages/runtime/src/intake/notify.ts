import {
  argumentsDigest,
  canonical,
  colleagueStream,
  hashTuple,
  noticeMs,
  streamName,
  type Json,
  type Message,
} from '@roster/core'

import { messageRow } from '../host/rows.ts'
import type { IntakePorts } from './intake.ts'

/** Something that a person is to know, and that no message of an actor tells. */
export interface Notification {
  /** A person on the roster. */
  readonly person: string
  /** Names what is told: the same key again tells nothing. */
  readonly key: string
  /** In words. */
  readonly question: string
  readonly facts: Json
}

/** Puts a notice of the system into a person's inbox, once for each key. */
export async function notify(
  { store, team, clock, ids, sha256, deliver }: IntakePorts,
  { person, key, question, facts }: Notification,
): Promise<{ readonly known: boolean }> {
  const id = ids.id()
  const now = clock.now()
  const message: Message = {
    id,
    type: 'work',
    kind: 'notice',
    sender: streamName.team(team.name),
    to: colleagueStream(team, person),
    correlationId: '',
    causationId: id,
    at: now,
    label: { integrity: 'trusted', sources: [] },
    payload: {
      tool: 'acknowledge',
      arguments: facts,
      argumentsDigest: argumentsDigest(facts, { sha256 }),
      question,
      expiresAt: now + noticeMs,
    },
  }
  const rows = [messageRow(message)]
  const accepted = await store.accept({
    client: 'system',
    key: hashTuple(sha256, ['notice', key]),
    answer: canonical({ id }),
    pending: rows,
  })
  if (accepted.kind === 'accepted') deliver(rows)
  return { known: accepted.kind === 'duplicate' }
}
