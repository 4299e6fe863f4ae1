import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'

import { RosterError } from '@roster/core'
import type { Observation, Said } from '@roster/runtime'

import type { TeamOf } from '../author/team.ts'
import type { TemporalOptions } from '../coordination/temporal-driver.ts'
import { serveOperations } from '../socket/index.ts'
import { assemble, type Assembled, type AssemblyParts } from './assemble.ts'
import { build } from './build.ts'
import { checkpointsFile, evidenceFolder } from './evidence-folder.ts'
import { fileCheckpoints, hostKey } from './checkpoints.ts'
import { commitsFolder, fileCommits } from './commits.ts'
import { folderKeys } from './keys.ts'
import { loadPolicy } from './load-policy.ts'
import { openStore } from './open-store.ts'
import { systemAlarm, systemClock, systemIds } from './system.ts'

/** Where and how a team is put to work in this process. */
export interface OpenOptions {
  /** The folder of state: database, keys, socket. @defaultValue `.roster` */
  readonly folder?: string
  /** A PostgreSQL server instead of the embedded one. @defaultValue `DATABASE_URL` of the environment, if set */
  readonly databaseUrl?: string
  /** @defaultValue the team's name */
  readonly tenant?: string
  /** Who loads the team and why, for the record. */
  readonly by?: string
  readonly message?: string
  /** Whether a definition may change under the same version. @defaultValue true unless NODE_ENV is production */
  readonly development?: boolean
  /** Whether somebody must have signed for exactly this team (`roster ready --sign`); it is no development then. @defaultValue false */
  readonly production?: boolean
  /** Drives tasks as Temporal workflows. @defaultValue none: this process drives them itself */
  readonly temporal?: TemporalOptions
  readonly observe?: (observation: Observation) => void
  /** Is told the words of models as they say them, in this process. They are not on record, and nothing in them is checked. @defaultValue nobody watches */
  readonly watch?: (said: Said) => void
}

/**
 * Opens a team in this process: the embedded assembly. Everything that was pending goes on from where it stood.
 *
 * Disposing of it lets what is under way end, signs a checkpoint and closes the store.
 *
 * @throws RosterError `store-locked` when another process holds the folder or has the team on the server, `store-unavailable`, `policy-invalid`, `definition-changed`,
 * `consent-missing`, `ready-unsigned`, `disk-full`.
 */
export async function openTeam(team: TeamOf, options: OpenOptions = {}): Promise<Assembled> {
  const folder = resolve(options.folder ?? '.roster')
  const { databaseUrl = process.env['DATABASE_URL'], tenant = team.name } = options
  const evidence = evidenceFolder(folder, databaseUrl)
  const policy = await loadPolicy(team)
  await prepare(folder)
  const keys = await folderKeys(join(folder, 'keys'), [...Object.keys(team.colleagues), hostKey])
  const store = await openStore({ folder, tenant, databaseUrl, hosting: true })
  try {
    const assembled = await assemble(team, {
      store,
      policy,
      keys,
      checkpoints: fileCheckpoints(checkpointsFile(evidence)),
      commits: fileCommits(commitsFolder(evidence), 'embedded'),
      clock: systemClock,
      alarm: systemAlarm(systemClock),
      ids: systemIds(),
      hostName: `${hostname()}/${process.pid}`,
      build: build(),
      ...deploymentOf(options),
      ...(await driverOf(options)),
      ...(options.observe === undefined ? {} : { observe: options.observe }),
      ...(options.watch === undefined ? {} : { watch: options.watch }),
    })
    return await served(folder, assembled)
  } catch (error) {
    await store[Symbol.asyncDispose]()
    throw error
  }
}

/** Temporal's libraries are loaded only where they are used: they are large. */
async function driverOf({ temporal }: OpenOptions): Promise<Pick<AssemblyParts, 'drive'>> {
  if (temporal === undefined) return {}
  const { temporalDriver } = await import('../coordination/temporal-driver.ts')
  return { drive: temporalDriver(temporal) }
}

/** Who loads the team and why, and what they may change by it. */
function deploymentOf({
  by,
  message = '',
  production = false,
  development = !production && process.env['NODE_ENV'] !== 'production',
}: OpenOptions): Pick<AssemblyParts, 'deployment' | 'development' | 'production'> {
  return {
    deployment: { by: by ?? process.env['USER'] ?? 'somebody', message },
    development,
    production,
  }
}

/** Serves the team to other processes on the folder's socket, for as long as it is open here. */
async function served(folder: string, assembled: Assembled): Promise<Assembled> {
  const socket = await serveOperations(folder, assembled)
  return {
    ...assembled,
    async [Symbol.asyncDispose]() {
      await socket[Symbol.asyncDispose]()
      await assembled[Symbol.asyncDispose]()
    },
  }
}

async function prepare(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new RosterError('store-unavailable', `the folder ${folder} cannot be made: ${(cause as Error).message}`, {
      path: folder,
      hint: 'Choose another with --folder, or make it writable.',
      cause,
    })
  }
}
