import { failureOf, type Failure } from '@roster/core'
import { openNats, type StreamState } from '@roster/nats'
import { postgresStore } from '@roster/postgres'

import type { TeamOf } from '../author/team.ts'
import { loadPolicy } from '../embedded/load-policy.ts'
import { systemClock } from '../embedded/system.ts'
import { openCredentials } from './credentials.ts'
import type { Settings } from './settings.ts'

/** Messages looked at, at most: beyond that the number is "at least". */
const most = 10_000

/** How the servers of a distributed team are. */
export interface Diagnosis {
  readonly store:
    | {
        readonly ok: true
        readonly records: number
        /** Messages that nobody has taken yet, and how long the oldest has waited, in milliseconds. */
        readonly waiting: number
        readonly oldestMs: number
        /** Actors with most messages waiting: the deepest mailboxes. */
        readonly deepest: readonly { readonly stream: string; readonly messages: number }[]
      }
    | { readonly ok: false; readonly failure: Failure }
  readonly bus:
    | { readonly ok: true; readonly streams: readonly StreamState[] }
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

async function storeOf(team: TeamOf, { databaseUrl, tenant = team.name }: Settings): Promise<Diagnosis['store']> {
  await using store = await postgresStore({ connectionString: databaseUrl, tenant, maxConnections: 1 })
  const rows = await store.overdue({ ageMs: 0, notedAgeMs: 0, limit: most })
  const { end } = await store.lag('diagnosis')
  const depths = Object.entries(Object.groupBy(rows, ({ stream }) => stream)).map(([stream, theirs]) => ({
    stream,
    messages: theirs?.length ?? 0,
  }))
  return {
    ok: true,
    records: end,
    waiting: rows.length,
    oldestMs: rows.reduce((oldest, { insertedAt }) => Math.max(oldest, systemClock.now() - insertedAt), 0),
    deepest: depths.toSorted((one, other) => other.messages - one.messages).slice(0, 5),
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
  return { ok: true, streams: await nats.inspectStreams() }
}
