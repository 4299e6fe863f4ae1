import { streamName, type Store, type Team } from '@roster/core'
import { postgresStore } from '@roster/postgres'
import type { Host } from '@roster/runtime'

import { feed } from '../world/feed.ts'
import { hosted } from '../world/host.ts'
import { notebookMachine, notebookPolicy, notebookTeam } from '../world/notebook.ts'

/** Records of the actor, its hiring included. */
export const recordCount = 10_000
/** Records after its snapshot. */
const recordsAfterSnapshot = 20
/** What the actor holds, in bytes. */
const documentBytes = 1_000

/** An actor of 10,000 records, kept in PostgreSQL. */
export interface History {
  readonly store: Store
  readonly host: Host
  readonly team: Team
  readonly stream: string
  readonly machine: ReturnType<typeof notebookMachine>
}

/** Has a host step one actor until it has its records, with a snapshot shortly before the last. */
export async function history(url: string): Promise<History> {
  // How long it takes to write the history is not measured, and it need not survive a power cut.
  const fast = new URL(url)
  fast.searchParams.set('options', '-c synchronous_commit=off')
  const store = await postgresStore({ connectionString: fast.href, tenant: 'bench' })
  const team = notebookTeam(1, documentBytes, 'kept')
  const { host } = await hosted({
    store,
    team,
    policy: notebookPolicy(team),
    snapshotEvery: recordCount - recordsAfterSnapshot,
  })
  await feed({ host, store, team }, { first: 1, count: recordCount - 1, payload: (number) => ({ number }) })
  const stream = streamName.agent(team.name, 'notebook-0')
  return { store, host, team, stream, machine: notebookMachine(documentBytes, 'kept') }
}
