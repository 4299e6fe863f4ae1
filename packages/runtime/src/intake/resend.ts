import { canonical, hashTuple, type Message } from '@roster/core'

import { messageRow } from '../host/rows.ts'
import type { IntakePorts } from './intake.ts'

/** A message that was set aside, to be taken once more. */
export interface Resent {
  /** The person who wants it. */
  readonly by: string
  /** The record that set it aside: a second call for the same one sends nothing. */
  readonly record: string
  /** What was set aside, as it was sent; it gets a new id. */
  readonly message: Omit<Message, 'id' | 'at' | 'expiresAt'>
}

/** Sends a message again that was set aside: from whoever sent it, under a new id, once. Policies are asked about it like the first time. */
export async function resend(
  ports: IntakePorts,
  { by, record, message }: Resent,
): Promise<{ readonly message: string; readonly known: boolean }> {
  const { store, ids, clock, sha256, deliver } = ports
  const id = ids.id()
  const rows = [messageRow({ ...message, id, at: clock.now() })]
  const accepted = await store.accept({
    client: by,
    key: hashTuple(sha256, ['resend', record]),
    answer: canonical({ id }),
    pending: rows,
  })
  if (accepted.kind === 'accepted') deliver(rows)
  const answer = JSON.parse(accepted.answer) as { readonly id: string }
  return { message: answer.id, known: accepted.kind === 'duplicate' }
}
