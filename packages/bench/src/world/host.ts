import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'

import { type Bus, type NewPending, type Policy, type Sha256, type Store, type Team } from '@roster/core'
import {
  Admission,
  deploy,
  Host,
  type HostOptions,
  type HostPorts,
  type IntakePorts,
  type Observation,
} from '@roster/runtime'

import { sha256, systemAlarm, systemClock, systemIds } from './system.ts'

/** What a host is put together from. */
export interface Parts {
  readonly store: Store
  readonly team: Team
  readonly policy: Policy
  /** @defaultValue SHA-256 */
  readonly hash?: Sha256
  /** Whether records say which key acted. @defaultValue true */
  readonly keys?: boolean
  readonly snapshotEvery?: number
  /** Is handed the messages to tasks that somebody else drives. */
  readonly tasks?: HostPorts['tasks']
  readonly observe?: (observation: Observation) => void
  /** Brings messages to and from other hosts. @defaultValue none: it owns everything */
  readonly bus?: Bus
  /** How it shares the work with others, and under which name. */
  readonly options?: Partial<HostOptions>
  /** Whether it loads the team; another host does otherwise. @defaultValue true */
  readonly loads?: boolean
}

/** A host at work, with its team hired, and the door for what comes from outside. */
export interface Hosted {
  readonly host: Host
  readonly intake: IntakePorts
}

/** Puts a team to work as the embedded assembly does: same host, same intake, real policy, a key for each colleague. */
// oxlint-disable-next-line complexity -- each branch is one optional part
export async function hosted({
  store,
  team,
  policy,
  hash = sha256,
  keys = true,
  snapshotEvery,
  tasks,
  observe,
  bus,
  options = {},
  loads = true,
}: Parts): Promise<Hosted> {
  const alarm = systemAlarm(systemClock)
  const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const shared = { store, team, clock: systemClock, ids: systemIds(), sha256: hash }
  const host = new Host(
    {
      ...shared,
      policy,
      alarm,
      effects: { run: () => Promise.reject(new Error('no actor of the bench asks for an effect')) },
      signatures: {
        verify: (publicKey, text, signature) =>
          verify(null, Buffer.from(text), keyOf(publicKey), Buffer.from(signature, 'base64')),
        keysOf: () => [key],
      },
      ...(keys ? { keyOf: () => key } : {}),
      ...(tasks && { tasks }),
      ...(observe && { observe }),
      ...(bus && { bus }),
    },
    { name: 'bench', build: 'bench', ...(snapshotEvery === undefined ? {} : { snapshotEvery }), ...options },
  )
  const door = { ...shared, deliver: (rows: readonly NewPending[]) => host.deliver(rows) }
  const intake: IntakePorts = { ...door, admission: new Admission(door) }
  await host.start()
  if (!loads) return { host, intake }
  await deploy(intake, { by: 'bench', message: '', difference: {}, contents: { [team.name]: team.digest } })
  await host.idle()
  return { host, intake }
}

function keyOf(base64: string): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), type: 'spki', format: 'der' })
}
