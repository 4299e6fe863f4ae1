import { hostname } from 'node:os'
import { resolve } from 'node:path'

import { RosterError } from '@roster/core'
import { defaultMailboxDepth } from '@roster/runtime'

/** Where a distributed team's servers are, and how its processes behave. */
export interface Settings {
  /** PostgreSQL, which has the truth. `DATABASE_URL` */
  readonly databaseUrl: string
  /** NATS, which carries copies. `NATS_URL`; several addresses are divided by commas. */
  readonly natsUrl: string
  /**
   * Temporal, which drives the tasks of a team that says what its workers bundle (`workflows`): host and port. Every process of a team is
   * given the same. `TEMPORAL_ADDRESS`. @defaultValue none: hosts drive tasks
   */
  readonly temporalAddress?: string
  /** `TEMPORAL_NAMESPACE`. @defaultValue `default` */
  readonly temporalNamespace?: string
  /** The folder of keys, of the socket, and of what the team's tools keep. `ROSTER_FOLDER`. @defaultValue `.roster` */
  readonly folder: string
  /** @defaultValue the team's name. `ROSTER_TENANT` */
  readonly tenant?: string
  /** Name of this process, in records and on the bus. `ROSTER_NAME`. @defaultValue the machine's name and the process id */
  readonly name: string
  /** How many hosts share the work: each takes its part of the partitions at its start. `ROSTER_HOSTS`. @defaultValue 1 */
  readonly hosts: number
  /** How long a partition stays a host's without renewal, in milliseconds. `ROSTER_LEASE_MS`. @defaultValue 10000 */
  readonly leaseMs: number
  /**
   * How long the bus waits for an acknowledgement before it brings a message again, in milliseconds. `ROSTER_ACKNOWLEDGE_MS`.
   * @defaultValue 30000
   */
  readonly acknowledgeWithinMs: number
  /** Messages that wait for one actor, beyond which more are refused. `ROSTER_MAILBOX_DEPTH`. @defaultValue 1000 */
  readonly mailboxDepth: number
  /** Copies of each JetStream stream. `ROSTER_NATS_REPLICAS`: 1, 3 or 5. @defaultValue 1 */
  readonly replicas: number
  /** Port on the loopback address where health is told; 0 for any that is free. `ROSTER_HEALTH_PORT`. @defaultValue 0 */
  readonly healthPort: number
  /** Whether only a team is loaded and hosted for which somebody has signed (`roster ready --sign`). `ROSTER_PRODUCTION`: 1 or 0. @defaultValue false */
  readonly production?: boolean
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * Settings from the environment. `given` wins.
 *
 * @throws RosterError `usage` that names the variable.
 */
export function settingsOf(env: Env, given: Partial<Settings> = {}): Settings {
  const read = <Name extends keyof Settings>(name: Name, otherwise: () => Settings[Name]): Settings[Name] =>
    given[name] ?? otherwise()
  const tenant = read('tenant', () => env['ROSTER_TENANT'])
  const temporalAddress = read('temporalAddress', () => env['TEMPORAL_ADDRESS'])
  const temporalNamespace = read('temporalNamespace', () => env['TEMPORAL_NAMESPACE'])
  return {
    databaseUrl: read('databaseUrl', () =>
      required(env, 'DATABASE_URL', 'postgres://user:password@127.0.0.1:5432/roster'),
    ),
    natsUrl: read('natsUrl', () => required(env, 'NATS_URL', 'nats://127.0.0.1:4222')),
    folder: resolve(read('folder', () => env['ROSTER_FOLDER'] ?? '.roster')),
    name: read('name', () => env['ROSTER_NAME'] ?? `${hostname()}-${process.pid}`),
    hosts: read('hosts', () => integer(env, 'ROSTER_HOSTS', { least: 1, most: 32, otherwise: 1 })),
    leaseMs: read('leaseMs', () => integer(env, 'ROSTER_LEASE_MS', { least: 500, most: 600_000, otherwise: 10_000 })),
    acknowledgeWithinMs: read('acknowledgeWithinMs', () =>
      integer(env, 'ROSTER_ACKNOWLEDGE_MS', { least: 1, most: 3_600_000, otherwise: 30_000 }),
    ),
    mailboxDepth: read('mailboxDepth', () =>
      integer(env, 'ROSTER_MAILBOX_DEPTH', { least: 1, most: 100_000, otherwise: defaultMailboxDepth }),
    ),
    replicas: read('replicas', () => integer(env, 'ROSTER_NATS_REPLICAS', { least: 1, most: 5, otherwise: 1 })),
    healthPort: read('healthPort', () => integer(env, 'ROSTER_HEALTH_PORT', { least: 0, most: 65_535, otherwise: 0 })),
    production:
      read('production', () => integer(env, 'ROSTER_PRODUCTION', { least: 0, most: 1, otherwise: 0 }) === 1) === true,
    ...(tenant === undefined || tenant === '' ? {} : { tenant }),
    ...(temporalAddress === undefined || temporalAddress === '' ? {} : { temporalAddress }),
    ...(temporalNamespace === undefined || temporalNamespace === '' ? {} : { temporalNamespace }),
  }
}

function required(env: Env, name: string, example: string): string {
  const value = env[name]
  if (value !== undefined && value !== '') return value
  throw new RosterError('usage', `${name} is not set`, {
    path: name,
    hint: `Set it, as in ${name}=${example}, or start servers with: npx roster servers up.`,
  })
}

interface Bounds {
  readonly least: number
  readonly most: number
  readonly otherwise: number
}

function integer(env: Env, name: string, { least, most, otherwise }: Bounds): number {
  const text = env[name]
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new RosterError('usage', `${name} must be an integer from ${least} to ${most}, got "${text}"`, {
    path: name,
    hint: `Leave it out for ${otherwise}.`,
  })
}
