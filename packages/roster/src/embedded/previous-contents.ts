import { streamName, type Body, type Message, type Store } from '@roster/core'
import type { Deployment } from '@roster/runtime'

/** Digests by the names of what was loaded. */
export type Contents = Readonly<Record<string, string>>

/** What was loaded before: the contents of the last deployment in the team's stream; empty before the first. */
export async function previousContents(store: Store, team: string): Promise<Contents> {
  const records = await store.read(streamName.team(team))
  const last = records.findLast(({ kind, body }) => kind === 'deployed' && body !== null)
  if (last?.body == null) return {}
  const { message } = (JSON.parse(last.body) as Body).payload as unknown as { message: Message }
  return (message.payload as unknown as Deployment).contents as Contents
}
