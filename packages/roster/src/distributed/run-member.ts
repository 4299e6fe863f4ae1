import { failureOf } from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import type { Told } from './ground.ts'
import { serveHealth } from './health.ts'
import { openCoordinator, type Deploying } from './open-coordinator.ts'
import { openHost, type Member } from './open-host.ts'
import type { Settings } from './settings.ts'

/** What a process of a distributed team is given by whoever starts it. */
export interface RunPorts {
  /** Aborted when it is to drain. */
  readonly signal: AbortSignal
  /** Is handed each line of its log: a JSON object. The first says `ready`, and where its health is told. */
  readonly line: (line: Readonly<Record<string, unknown>>) => void
}

/**
 * Runs a host or a coordinator until it is told to stop, and drains it: takes up nothing more, lets what is under way end, and leaves.
 * Answers how it ended; a member that has halted is to be started again.
 *
 * @throws RosterError what kept it from starting.
 */
export async function runMember(
  role: 'host' | 'coordinator',
  { team, settings, deploying }: { readonly team: TeamOf; readonly settings: Settings; readonly deploying?: Deploying },
  { signal, line }: RunPorts,
): Promise<'drained' | 'halted'> {
  const tell = (told: Told): void => {
    if (worthALine.has(told.kind)) line({ type: told.kind, ...told })
  }
  await using member: Member =
    role === 'host' ? await openHost(team, settings, tell) : await openCoordinator(team, settings, deploying, tell)
  await using health = await serveHealth(() => member.health(), settings.healthPort)
  line({ type: 'ready', role, name: settings.name, team: team.name, pid: process.pid, health: health.url })
  const stopped = Promise.withResolvers<'drained'>()
  signal.addEventListener('abort', () => stopped.resolve('drained'), { once: true })
  if (signal.aborted) stopped.resolve('drained')
  const ended = await Promise.race([stopped.promise, member.halted.then((failure) => ({ failure }))])
  if (ended === 'drained') {
    line({ type: 'draining', role, name: settings.name })
    return ended
  }
  line({ type: 'halted', role, name: settings.name, failure: failureOf(ended.failure) })
  return 'halted'
}

/** What an operator wants to read; what actors do stands in the records. */
const worthALine: ReadonlySet<Told['kind']> = new Set<Told['kind']>([
  'partitions-gained',
  'partitions-lost',
  'mailbox-full',
  'stands-still',
  'halted',
  'renewal-failed',
  'credential-revoked',
  'bus-connected',
  'bus-disconnected',
  'bus-malformed',
  'bus-listener-failed',
  'bus-consumer-reopened',
  'bus-streams-made',
  'unfinished',
])
