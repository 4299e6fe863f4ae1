import { streamName, type Body, type Message, type Store } from '@roster/core'
import type { Deployment } from '@roster/runtime'

/** Digests by the names of what was loaded. */
export type Contents = Readonly<Record<string, string>>

/** What was loaded before, and whose keys were whose: as the last deployment in the team's stream says; empty before the first. */
export async function previousDeployment(
  store: Store,
  team: string,
): Promise<{ readonly contents: Contents; readonly keys: Contents }> {
  const records = await store.read(streamName.team(team))
  const last = records.findLast(({ kind, body }) => kind === 'deployed' && body !== null)
  if (last?.body == null) return { contents: {}, keys: {} }
  const { message } = (JSON.parse(last.body) as Body).payload as unknown as { message: Message }
  const { contents, keys = {} } = message.payload as unknown as Deployment
  return { contents: contents as Contents, keys }
}
