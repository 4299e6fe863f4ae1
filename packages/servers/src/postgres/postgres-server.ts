import { randomBytes } from 'node:crypto'

import { RosterError } from '@roster/core'

import { externalServer } from '../external-server.ts'
import { freePort } from '../process/free-port.ts'
import { ownServer } from '../process/owned-server.ts'
import { createServerFolder } from '../process/server-folder.ts'
import { userForServers } from '../process/server-user.ts'
import { SupervisedProcess } from '../process/supervised-process.ts'
import { obtaining } from '../program/obtaining.ts'
import type { OnProgress } from '../program/program.ts'
import type { TestServer } from '../test-server.ts'
import { obtainPostgres } from './obtain-postgres.ts'
import { createData, postgresEnvironment, type PostgresPlace, postgresUrl, servePostgres } from './postgres-command.ts'
import { OLDEST_POSTGRES, packagedPostgres, type PostgresPrograms, systemPostgres } from './postgres-programs.ts'
import { postgresVersion } from './postgres-version.ts'
import { stagePrograms } from './stage-programs.ts'

export interface PostgresOptions {
  /** `system`: the PostgreSQL of this machine and no other. @defaultValue DATABASE_URL, else the pinned package, else the machine's own */
  readonly prefer?: 'system'
  /** Server settings, as in `postgresql.conf`. @defaultValue PostgreSQL's own, with fsync on */
  readonly settings?: Readonly<Record<string, string>>
  readonly onProgress?: OnProgress
}

/**
 * Starts a PostgreSQL of its own on the loopback address, in a fresh folder; or answers the one that DATABASE_URL names. Fails with
 * `server-missing` where no program can be had, and with `server-failed` and the end of its log where it does not start.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<TestServer> {
  const given = process.env['DATABASE_URL']
  if (options.prefer === undefined && given) return await externalServer('DATABASE_URL', given, postgresVersion)
  return await startOwn(await programsFor(options), options.settings ?? {})
}

async function programsFor({ prefer, onProgress }: PostgresOptions): Promise<PostgresPrograms> {
  if (prefer === undefined) return packagedPostgres() ?? (await obtainPostgres(obtaining(onProgress)))
  const system = systemPostgres()
  if (system !== undefined) return system
  const none = `No PostgreSQL ${OLDEST_POSTGRES} or later is installed on this machine.`
  throw new RosterError('server-missing', none, { hint: 'Install one, or leave this suite out.' })
}

async function startOwn(programs: PostgresPrograms, settings: Readonly<Record<string, string>>): Promise<TestServer> {
  const user = userForServers()
  const folder = await createServerFolder('postgres', user)
  const held = new SupervisedProcess(folder)
  try {
    const bin = await stagePrograms(programs, folder, user)
    const place: PostgresPlace = { bin, cwd: folder, env: postgresEnvironment, user }
    const password = randomBytes(16).toString('hex')
    await createData((command) => held.run(command), place, password)
    const port = await freePort()
    const command = servePostgres(place, port, settings)
    const url = postgresUrl(port, password)
    return await ownServer({
      held,
      command,
      url,
      origin: programs.origin,
      version: async () => await postgresVersion(url),
      stopSignal: 'SIGINT',
    })
  } catch (error) {
    await held[Symbol.asyncDispose]()
    throw error
  }
}
