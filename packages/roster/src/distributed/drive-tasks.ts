import { colleaguePartitionCount, parseStream, partitionCount, type NewPending, type TaskStarter } from '@roster/core'
import type { Relay } from '@roster/runtime'

import type { TeamOf } from '../author/team.ts'
import { driverOf } from '../coordination/driver-of.ts'
import { build } from '../embedded/build.ts'
import { sha256 } from '../sha256.ts'
import type { Ground, Tell } from './ground.ts'
import type { Settings } from './settings.ts'

/** The tasks of a team, driven by Temporal from this process. */
export interface DrivenTasks extends AsyncDisposable {
  readonly starter: TaskStarter
  /** Hands on stored rows: to tasks through Temporal, to everybody else over the bus. */
  readonly publish: (rows: readonly NewPending[]) => void
  /** Begins: hears what hosts have for tasks, and drives again what nobody drives. */
  start(): Promise<void>
}

/** The partitions of tasks. */
const taskPartitions = Array.from(
  { length: partitionCount - colleaguePartitionCount },
  (_, index) => colleaguePartitionCount + index,
)

/**
 * Drives a team's tasks by Temporal, if that is configured: the worker that makes their transitions, and the bridge that brings word of what
 * hosts have stored for them.
 *
 * B1 The bus forgets a message to a task when Temporal has word of it, not before.
 * B2 Nothing depends on the bus: what it lost is pending, and is brought from the store.
 *
 * @throws RosterError `coordinator-unavailable`, `coordinator-unprepared`
 */
// oxlint-disable-next-line max-params -- the parts of a coordinator, passed on once
export async function driveTasks(
  team: TeamOf,
  settings: Settings,
  { store, policy, keys, clock, ids, nats, signFound }: Ground,
  relay: Relay,
  tell?: Tell,
): Promise<DrivenTasks | undefined> {
  const open = await driverOf(team, settings)
  if (open === undefined) return undefined
  const publish = (rows: readonly NewPending[]): void => {
    driver.deliver(rows.filter(isForTask))
    relay.publish(rows.filter((row) => !isForTask(row)))
  }
  const transitions = { store, team, policy, clock, ids, sha256, signatures: keys }
  const keyOf = (colleague: string): string | undefined => keys.keysOf(colleague)[0]
  const observe = tell === undefined ? {} : { observe: tell }
  const driver = await open(
    { ...transitions, keyOf, deliver: publish, ...observe },
    { name: settings.name, build: build() },
  )
  const subscriptions: { close(): Promise<void> }[] = []
  return {
    starter: driver.starter,
    publish,
    async start() {
      // Whoever drove them before may have died between an append and its signature.
      await signFound()
      for (const partition of taskPartitions)
        subscriptions.push(
          await nats.bus.subscribe(partition, ({ row, acknowledge }) => {
            void driver.bring(row).then((known) => known && acknowledge())
          }),
        )
      await driver.start()
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(subscriptions.map((subscription) => subscription.close()))
      await driver[Symbol.asyncDispose]()
    },
  }
}

function isForTask({ stream }: NewPending): boolean {
  return parseStream(stream).kind === 'task'
}
