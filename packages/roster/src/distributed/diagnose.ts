import { failureOf, type Failure, type MailboxDepth } from '@roster/core'
import { openNats, type StreamState } from '@roster/nats'
import { postgresStore } from '@roster/postgres'

import type { TeamOf } from '../author/team.ts'
import { loadPolicy } from '../embedded/load-policy.ts'
import { systemClock } from '../embedded/system.ts'
import { openCredentials } from './credentials.ts'
import type { Settings } from './settings.ts'

/** How the servers of a distributed team are. */
export interface Diagnosis {
  readonly store:
    | {
        readonly ok: true
        readonly records: number
        /** Messages that nobody has taken yet, and how long the oldest has waited, in milliseconds. */
        readonly waiting: number
        readonly oldestMs: number
        /** The deepest mailboxes, five at most. */
        readonly deepest: readonly MailboxDepth[]
        /** Mailboxes that are full: what more comes for them is refused. */
        readonly full: readonly MailboxDepth[]
      }
    | { readonly ok: false; readonly failure: Failure }
  readonly bus:
    | {
        readonly ok: true
        readonly streams: readonly StreamState[]
        /** Whether everybody has a credential of their own, or all have that of the server's address. */
        readonly identity: 'own' | 'shared'
      }
    | { readonly ok: false; readonly failure: Failure }
}

/** Looks at the store and the bus of a team; changes nothing. */
export async function diagnose(team: TeamOf, settings: Settings): Promise<Diagnosis> {
  const [store, bus] = await Promise.all([
    storeOf(team, settings).catch((error: unknown) => ({ ok: false as const, failure: failureOf(error) })),
    busOf(team, settings).catch((error: unknown) => ({ ok: false as const, failure: failureOf(error) })),
  ])
  return { store, bus }
}

async function storeOf(
  team: TeamOf,
  { databaseUrl, mailboxDepth, tenant = team.name }: Settings,
): Promise<Diagnosis['store']> {
  await using store = await postgresStore({ connectionString: databaseUrl, tenant, maxConnections: 1 })
  const mailboxes = await store.mailboxes()
  const { end } = await store.lag('diagnosis')
  return {
    ok: true,
    records: end,
    waiting: mailboxes.reduce((sum, { messages }) => sum + messages, 0),
    oldestMs: mailboxes.reduce((oldest, one) => Math.max(oldest, one.oldestMs), 0),
    deepest: mailboxes.slice(0, 5),
    full: mailboxes.filter(({ messages }) => messages >= mailboxDepth),
  }
}

async function busOf(team: TeamOf, settings: Settings): Promise<Diagnosis['bus']> {
  await using credentials = await openCredentials({
    team,
    policy: await loadPolicy(team),
    settings,
    clock: systemClock,
  })
  const { name, replicas } = settings
  await using nats = openNats({ credentials, name, streams: { replicas } })
  const identity = credentials.shared === true ? 'shared' : 'own'
  return { ok: true, streams: await nats.inspectStreams(), identity }
}
