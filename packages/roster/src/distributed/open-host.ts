import { colleaguePartitionCount, failureOf, partitionCount } from '@roster/core'
import { Host, type Observation } from '@roster/runtime'

import type { TeamOf } from '../author/team.ts'
import { isCoordinated } from '../coordination/driver-of.ts'
import { build } from '../embedded/build.ts'
import { assertSigned } from '../deployment/load.ts'
import { effectRunner } from '../embedded/run-effect.ts'
import { openPlaces } from '../place/places.ts'
import { sha256 } from '../sha256.ts'
import { beDiscoverable } from './be-discoverable.ts'
import { openGround, type Tell } from './ground.ts'
import { shareWork } from './share-work.ts'
import type { Settings } from './settings.ts'
import { tasksElsewhere } from './tasks-elsewhere.ts'

/** How a process does, for whoever watches over it. */
export interface Health {
  /** `degraded`: it goes on, and something that it needs is away. `halted`: it takes nothing up any more and is to be started again. */
  readonly status: 'ok' | 'degraded' | 'halted'
  readonly role: 'host' | 'coordinator'
  readonly name: string
  readonly team: string
  readonly pid: number
  readonly facts: Readonly<Record<string, number | string>>
}

/** A process of a distributed team. Disposing of it drains it: what is under way ends, and what is pending stays pending. */
export interface Member extends AsyncDisposable {
  health(): Health
  /** Resolves when it has halted, with what halted it. */
  readonly halted: Promise<unknown>
}

/**
 * Hosts colleagues and tasks of a team beside other hosts: takes its part of the partitions, and those of hosts that have died.
 *
 * @throws RosterError `store-unavailable`, `policy-invalid`; `ready-unsigned` in production
 */
export async function openHost(team: TeamOf, settings: Settings, tell?: Tell): Promise<Member> {
  const ground = await openGround(team, settings, tell)
  const { store, nats, policy, keys, clock, alarm, ids } = ground
  const { name, hosts, leaseMs, mailboxDepth } = settings
  const halted = Promise.withResolvers<unknown>()
  const observe = (observation: Observation): void => {
    tell?.(observation)
    // Whoever had these partitions may have died between an append and its signature.
    if (observation.kind === 'partitions-gained')
      ground
        .signFound()
        .catch((error: unknown) => tell?.({ kind: 'unfinished', what: 'sign', failure: failureOf(error) }))
    if (observation.kind === 'halted') halted.resolve(observation.failure)
  }
  const places = openPlaces()
  const coordinated = isCoordinated(team, settings)
  // Tasks under a coordinator have no host: what their partitions hold is the coordinator's.
  const partitions = coordinated ? colleaguePartitionCount : partitionCount
  const host = new Host(
    {
      store,
      team,
      policy,
      effects: effectRunner(team, store, places),
      bus: nats.bus,
      clock,
      alarm,
      ids,
      sha256,
      observe,
      signatures: keys,
      keyOf: (colleague) => keys.keysOf(colleague)[0],
      ...(coordinated ? { tasks: tasksElsewhere(ground, observe) } : {}),
    },
    {
      name,
      build: build(),
      mailboxDepth,
      partitionLeaseMs: leaseMs,
      effectLeaseMs: leaseMs * 3,
      resendAfterMs: Math.max(500, Math.floor(leaseMs / 2)),
      mostPartitions: Math.ceil(partitions / hosts),
    },
  )
  try {
    if (settings.production === true) await assertSigned(team, ground)
    await host.start()
  } catch (error) {
    await ground[Symbol.asyncDispose]()
    throw error
  }
  const presence = beDiscoverable(ground, 'host', () => ({
    team: team.name,
    host: name,
    colleagues: Object.keys(team.colleagues).join(','),
    partitions: `${host.partitions.owned}`,
  }))
  const sharing = shareWork(ground, host, leaseMs, partitions)
  let state: Health['status'] = 'ok'
  void halted.promise.then(() => (state = 'halted'))
  return {
    halted: halted.promise,
    health: () => ({
      status: state === 'ok' && !presence.reached ? 'degraded' : state,
      role: 'host',
      name,
      team: team.name,
      pid: process.pid,
      facts: {
        partitions: host.partitions.owned,
        connections: nats.connections.names.length,
        tasks: coordinated ? 'temporal' : 'hosts',
      },
    }),
    async [Symbol.asyncDispose]() {
      await sharing.stop()
      await presence.stop()
      await host.stop()
      await places[Symbol.asyncDispose]()
      await ground[Symbol.asyncDispose]()
    },
  }
}
