import { failureOf, type Failure, type MailboxDepth } from '@roster/core'
import { openNats, type StreamState } from '@roster/nats'
import { postgresStore } from '@roster/postgres'
import { openTasks, waitingForVersions } from '@roster/runtime'

import type { TeamOf } from '../author/team.ts'
import { isCoordinated } from '../coordination/driver-of.ts'
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
  /** Who drives the team's tasks; with Temporal also what it lacks, and tasks that wait for a version of their playbook that the team has not. */
  readonly coordination:
    | { readonly ok: true; readonly tasks: 'hosts' }
    | {
        readonly ok: boolean
        readonly tasks: 'temporal'
        readonly address: string
        readonly missing: readonly string[]
        readonly waiting: readonly { readonly stream: string; readonly playbook: string }[]
      }
    | { readonly ok: false; readonly tasks: 'temporal'; readonly failure: Failure }
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
  const failed = (error: unknown): { readonly ok: false; readonly failure: Failure } => ({
    ok: false,
    failure: failureOf(error),
  })
  const [store, bus, coordination] = await Promise.all([
    storeOf(team, settings).catch(failed),
    busOf(team, settings).catch(failed),
    coordinationOf(team, settings).catch((error: unknown) => ({ ...failed(error), tasks: 'temporal' as const })),
  ])
  return { store, bus, coordination }
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

async function coordinationOf(
  team: TeamOf,
  { databaseUrl, temporalAddress: address, temporalNamespace: namespace, tenant = team.name }: Settings,
): Promise<Diagnosis['coordination']> {
  if (address === undefined || !isCoordinated(team, { temporalAddress: address })) return { ok: true, tasks: 'hosts' }
  const { inspectTemporal } = await import('@roster/temporal')
  const missing = await inspectTemporal({ address, ...(namespace === undefined ? {} : { namespace }) })
  await using store = await postgresStore({ connectionString: databaseUrl, tenant, maxConnections: 1 })
  const waiting = waitingForVersions(team, await openTasks(store)).map(({ stream, playbook }) => ({ stream, playbook }))
  return { ok: missing.length + waiting.length === 0, tasks: 'temporal', address, missing, waiting }
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
