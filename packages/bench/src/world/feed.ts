import { canonical, type Json, type NewPending, type Store, type Team } from '@roster/core'
import type { Host } from '@roster/runtime'

import { note } from './notebook.ts'

/** Messages that wait in one mailbox at a time, at most. */
const batch = 50

/** Sends every notebook so many notes, numbered from `first`, and waits until they are on record. */
export async function feed(
  { host, store, team }: { readonly host: Host; readonly store: Store; readonly team: Team },
  {
    first,
    count,
    payload,
  }: { readonly first: number; readonly count: number; readonly payload: (number: number) => Json },
): Promise<void> {
  const names = Object.keys(team.colleagues)
  for (let from = first; from < first + count; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, first + count - from) }, (_, index) => from + index)
    const rows = names.flatMap((name) => numbers.map((number) => rowOf(team, name, number, payload(number))))
    await store.accept({ client: 'bench', key: `notes from ${from}`, answer: '{}', pending: rows })
    host.deliver(rows)
    await host.idle()
  }
}

function rowOf(team: Team, name: string, number: number, payload: Json): NewPending {
  const message = note(team, name, number, payload)
  const { id, to, sender, type } = message
  return {
    id,
    kind: 'message',
    stream: to,
    sender,
    type,
    control: false,
    dueAt: null,
    expiresAt: null,
    body: canonical(message),
    lease: null,
  }
}
