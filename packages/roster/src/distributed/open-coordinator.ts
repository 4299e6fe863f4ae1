import { failureOf, isRosterError, parseStream, type NewPending } from '@roster/core'
import { publish, Reconciler, Relay, type IntakePorts } from '@roster/runtime'
import type { PublishedTask, TaskAnswer } from '@roster/nats'

import type { TeamOf } from '../author/team.ts'
import { isCoordinated } from '../coordination/driver-of.ts'
import type { Operations } from '../client/operations.ts'
import { openDoor } from '../door/open-door.ts'
import { operationsOf } from '../embedded/assemble.ts'
import { checkpointsFile, evidenceFolder } from '../embedded/evidence-folder.ts'
import { checkpoint, fileCheckpoints } from '../embedded/checkpoints.ts'
import { commitsFolder, readCommits } from '../embedded/commits.ts'
import { planLoading, recordLoading } from '../deployment/load.ts'
import type { OperationsContext } from '../operations/context.ts'
import { endOpenUnderRevoked } from '../operations/revoke.ts'
import { declaresSuccess } from '../operations/keep-owners-told.ts'
import { tellOwners } from '../operations/status-tell.ts'
import { task } from '../operations/tasks.ts'
import { serveOperations } from '../socket/index.ts'
import { sha256 } from '../sha256.ts'
import { beDiscoverable } from './be-discoverable.ts'
import { driveTasks } from './drive-tasks.ts'
import { openGround, type Ground, type Tell, type Told } from './ground.ts'
import type { Member } from './open-host.ts'
import { repeat } from './repeating.ts'
import type { Settings } from './settings.ts'
import { answerOf, RecordTeller } from './tell-ends.ts'

/** Who loads the team, and why, for the record. */
export interface Deploying {
  readonly by?: string
  readonly message?: string
  /** @defaultValue true unless NODE_ENV or the settings say production */
  readonly development?: boolean
}

/** How often the coordinator looks for new records, in milliseconds. */
const lookMs = 200

/** How long after it was accepted a client's message is sent again while it stays pending, in milliseconds. */
const resendAfterMs = 2000

/** How often it is looked whether a playbook succeeds too rarely, in milliseconds. */
const tellOwnersMs = 600_000

/** How often everything is looked through for what has come to a stand, in milliseconds. */
const reconcileMs = 600_000

/** The coordinator of a distributed team: what can be asked of the team, and its health. */
export type Coordinator = Member & Operations

/**
 * Takes tasks, decisions and cancellations for a team that hosts put to work: from the bus, and from the folder's socket, where the other
 * commands find it. It loads the team, sends clients' messages again while they are pending, tells clients how their tasks end, and tells
 * the public feed of records.
 *
 * @throws RosterError `store-unavailable`, `policy-invalid`, `definition-changed`
 */
export async function openCoordinator(
  team: TeamOf,
  settings: Settings,
  { by = 'somebody', message = '', development = process.env['NODE_ENV'] !== 'production' }: Deploying = {},
  tell?: Tell,
): Promise<Coordinator> {
  // What is open when something does not open is closed, the last first.
  await using opening = new AsyncDisposableStack()
  const ground = opening.use(await openGround(team, settings, tell))
  const { store, nats, policy, keys, clock, ids } = ground
  const coordinated = isCoordinated(team, settings)
  const relay = new Relay(
    { store, bus: nats.bus, clock, ...(tell === undefined ? {} : { observe: tell }) },
    { resendAfterMs, mine: (row) => sends(row, coordinated) },
  )
  const halted = Promise.withResolvers<unknown>()
  const observed = (told: Told): void => {
    tell?.(told)
    if (told.kind === 'halted') halted.resolve(told.failure)
  }
  const driven = opening.use(await driveTasks(team, settings, ground, relay, observed))
  const deliver = (rows: readonly NewPending[]): void => (driven ?? relay).publish(rows)
  const starting = driven === undefined ? {} : { starter: driven.starter }
  const failing =
    (what: string) =>
    (error: unknown): void =>
      tell?.({ kind: 'unfinished', what, failure: failureOf(error) })
  const ports = { store, team, clock, ids, sha256, policy, deliver, ...starting }
  const door = openDoor({ ports, alarm: ground.alarm, failed: failing('door') })
  const { intake } = door
  const waiting = new Set<() => void>()
  const context = contextOf(team, settings, ground, intake, waiting)
  const { production = false } = settings
  const rules = { development: development && !production, production }
  await recordLoading(intake, await planLoading(team, { store, policy, keys, deployment: { by, message }, ...rules }))
  await driven?.start()
  const teller = new RecordTeller(context, nats, () => waiting.forEach((wake) => wake()))
  const reconciler = new Reconciler({ store, bus: nats.bus, clock })
  let findings = 0
  const schedules = [
    repeat(ground, 'tell', lookMs, { work: () => teller.run(), failed: failing('tell') }),
    repeat(ground, 'door', lookMs, { work: () => door.look(), failed: failing('door') }),
    repeat(ground, 'owners', tellOwnersMs, { work: () => telling(context), failed: failing('owners') }),
    repeat(ground, 'resend', resendAfterMs, { work: () => relay.resend(), failed: failing('resend') }),
    repeat(ground, 'reconcile', reconcileMs, {
      work: async () => {
        findings = (await reconciler.run()).length + (await endOpenUnderRevoked(context))
      },
      failed: failing('reconcile'),
    }),
  ]
  const tasks = await nats.takeTasks(team.name, (published) => take(context, published))
  const presence = beDiscoverable(ground, 'coordinator', () => ({ team: team.name }))
  const operations = operationsOf(context)
  const socket = await serveOperations(settings.folder, operations)
  opening.move()
  return {
    ...operations,
    halted: halted.promise,
    health: () => ({
      status: presence.reached ? 'ok' : 'degraded',
      role: 'coordinator',
      name: settings.name,
      team: team.name,
      pid: process.pid,
      facts: { findings, tasks: coordinated ? 'temporal' : 'hosts' },
    }),
    async [Symbol.asyncDispose]() {
      await socket[Symbol.asyncDispose]()
      await tasks.close()
      await driven?.[Symbol.asyncDispose]()
      await presence.stop()
      await Promise.all(schedules.map((schedule) => schedule.stop()))
      await door.close()
      await checkpoint(store, keys, clock, context.checkpoints)
      await ground[Symbol.asyncDispose]()
    },
  }
}

/** Whether a row is the coordinator's to send again over the bus: from clients; and from tasks that it drives, which need no bus themselves. */
function sends({ sender, stream }: NewPending, coordinated: boolean): boolean {
  const { kind } = parseStream(sender)
  if (!coordinated) return kind === 'client'
  return (kind === 'client' || kind === 'task') && parseStream(stream).kind !== 'task'
}

/** Owners of playbooks that succeed too rarely are told by themselves. */
async function telling(context: OperationsContext): Promise<void> {
  if (declaresSuccess(context)) await tellOwners(context)
}

/** A task from the bus. The same key again is answered with how the task stands. */
async function take(context: OperationsContext, { playbook, client, key, input }: PublishedTask): Promise<TaskAnswer> {
  const publication = { playbook, input, requester: client, idempotencyKey: key }
  const { task: id, known } = await publish(context.intake, publication)
  if (!known) return { status: 'accepted', task: id }
  try {
    return answerOf(await task(context, id))
  } catch (error) {
    if (!isRosterError(error, 'unknown-task')) throw error
    return { status: 'accepted', task: id }
  }
}

// oxlint-disable-next-line max-params -- the parts of one context, put together once
function contextOf(
  team: TeamOf,
  { folder, databaseUrl }: Settings,
  { store, policy, keys, clock, alarm, ids }: Ground,
  intake: IntakePorts,
  waiting: Set<() => void>,
): OperationsContext {
  return {
    team,
    store,
    intake,
    policy,
    keys,
    clock,
    // Others work: nobody here knows when they have nothing to do.
    host: { idle: () => new Promise(() => {}) },
    checkpoints: fileCheckpoints(checkpointsFile(evidenceFolder(folder, databaseUrl))),
    commits: { all: () => readCommits(commitsFolder(evidenceFolder(folder, databaseUrl))) },
    changed: (ms) =>
      new Promise((resolve) => {
        const name = `changed/${ids.id()}`
        const wake = (): void => {
          waiting.delete(wake)
          alarm.set(name, null, () => {})
          resolve()
        }
        waiting.add(wake)
        alarm.set(name, clock.now() + Math.min(ms, lookMs), wake)
      }),
  }
}
