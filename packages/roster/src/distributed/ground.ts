import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'

import type { Clock, Failure, IdSource, Policy, Store } from '@roster/core'
import { openNats, type BusObservation, type CredentialObservation, type Nats } from '@roster/nats'
import { postgresStore } from '@roster/postgres'
import type { Alarm, Observation } from '@roster/runtime'

import type { TeamOf } from '../author/team.ts'
import { checkpointsFile, evidenceFolder } from '../embedded/evidence-folder.ts'
import { fileCheckpoints, hostKey } from '../embedded/checkpoints.ts'
import { commitsFolder, fileCommits } from '../embedded/commits.ts'
import { folderKeys, type Keys } from '../embedded/keys.ts'
import { loadPolicy } from '../embedded/load-policy.ts'
import { signedStore, signFound } from '../embedded/signed-store.ts'
import { systemAlarm, systemClock, systemIds } from '../embedded/system.ts'
import { openCredentials } from './credentials.ts'
import type { Settings } from './settings.ts'

/** What a process of a distributed team tells of its work. */
export type Told =
  | Observation
  | BusObservation
  | CredentialObservation
  /** Something that is done again and again failed this time. */
  | { readonly kind: 'unfinished'; readonly what: string; readonly failure: Failure }

/** Is told every observation; must not throw. */
export type Tell = (told: Told) => void

/** What every process of a distributed team stands on. */
export interface Ground extends AsyncDisposable {
  readonly store: Store
  readonly nats: Nats
  readonly policy: Policy
  readonly keys: Keys
  readonly clock: Clock
  readonly alarm: Alarm
  readonly ids: IdSource
  /** Signs for records that a process appended which died before it could sign. */
  signFound(): Promise<void>
}

/**
 * Opens the store, the bus and the keys. The bus may be away: it is used when it is there.
 *
 * @throws RosterError `store-unavailable`, `policy-invalid`, `identity-invalid`
 */
export async function openGround(team: TeamOf, settings: Settings, tell?: Tell): Promise<Ground> {
  const { folder, databaseUrl, name, replicas, acknowledgeWithinMs, tenant = team.name } = settings
  const evidence = evidenceFolder(folder, databaseUrl)
  const policy = await loadPolicy(team)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const keys = await folderKeys(join(folder, 'keys'), [...Object.keys(team.colleagues), hostKey])
  const log = fileCommits(commitsFolder(evidence), name)
  const opened = await postgresStore({ connectionString: databaseUrl, tenant })
  const signing = { keys, clock: systemClock, log, host: name }
  const store = signedStore(opened, signing)
  const observe = tell === undefined ? {} : { observe: tell }
  const credentials = await openCredentials({ team, policy, settings, clock: systemClock, ...observe })
  const nats = openNats({ credentials, name, streams: { replicas }, mail: { acknowledgeWithinMs }, ...observe })
  return {
    store,
    nats,
    policy,
    keys,
    clock: systemClock,
    alarm: systemAlarm(systemClock),
    ids: systemIds(),
    async signFound() {
      const last = (await fileCheckpoints(checkpointsFile(evidence)).all()).at(-1)
      await signFound(opened, signing, last?.position ?? 0)
    },
    async [Symbol.asyncDispose]() {
      await nats[Symbol.asyncDispose]()
      await credentials[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      await log.close()
    },
  }
}
