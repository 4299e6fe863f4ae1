import { randomBytes } from 'node:crypto'
import { chown, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { RosterError } from '@roster/core'

import { queryPostgres } from './postgres-query.ts'
import { externalServer } from '../external-server.ts'
import { freePort } from '../process/free-port.ts'
import { OLDEST_POSTGRES, packagedPostgres, type PostgresPrograms, systemPostgres } from './postgres-programs.ts'
import { ownServer } from '../process/owned-server.ts'
import { createServerFolder } from '../process/server-folder.ts'
import { userForServers } from '../process/server-user.ts'
import { stagePrograms } from './stage-programs.ts'
import { SupervisedProcess } from '../process/supervised-process.ts'
import type { ServerCommand } from '../process/supervisor-protocol.ts'
import type { TestServer } from '../test-server.ts'

export interface PostgresOptions {
  /** `system`: the PostgreSQL of this machine and no other. @defaultValue DATABASE_URL, else the pinned package, else the machine's own */
  readonly prefer?: 'system'
  /** Server settings, as in `postgresql.conf`. @defaultValue PostgreSQL's own, with fsync on */
  readonly settings?: Readonly<Record<string, string>>
}

/** Starts a PostgreSQL of its own on the loopback address, in a fresh folder; or answers the one that DATABASE_URL names. */
export async function startPostgres(options: PostgresOptions = {}): Promise<TestServer> {
  const given = process.env['DATABASE_URL']
  if (options.prefer === undefined && given) return await externalServer('DATABASE_URL', given, serverVersion)
  const programs = options.prefer === 'system' ? systemPostgres() : (packagedPostgres() ?? systemPostgres())
  if (programs === undefined) throw missing(options)
  return await startOwn(programs, options.settings ?? {})
}

function missing({ prefer }: PostgresOptions): RosterError {
  const none = `No PostgreSQL ${OLDEST_POSTGRES} or later is installed on this machine`
  if (prefer === 'system')
    return new RosterError('server-missing', `${none}.`, { hint: 'Install one, or leave this suite out.' })
  return new RosterError(
    'server-missing',
    `${none}, and no package carries one for ${process.platform}-${process.arch}.`,
    {
      hint: 'Install one, or set DATABASE_URL to a server for tests.',
    },
  )
}

async function serverVersion(url: string): Promise<string> {
  const [row] = await queryPostgres(url, 'show server_version')
  return String(row?.['server_version']).split(' ')[0] ?? ''
}

const environment = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '' }

/** Where the programs of one server are and as whom they run. */
type Place = Pick<ServerCommand, 'cwd' | 'env' | 'user'> & { readonly bin: string }

/** Creates the data folder with a password of its own: other users of this machine reach the loopback address too. */
async function initialise(held: SupervisedProcess, { bin, ...place }: Place, password: string): Promise<string> {
  const data = join(place.cwd, 'data')
  const passwordFile = join(place.cwd, 'password')
  await mkdir(data, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (place.user !== undefined)
    for (const path of [data, passwordFile]) await chown(path, place.user.uid, place.user.gid)
  const args = [
    '-D',
    data,
    '-U',
    'postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    '--no-sync',
  ]
  await held.run({ program: join(bin, 'initdb'), args, ...place })
  return data
}

/** The command that starts a server with these settings on this port. */
function serve(
  { bin, ...place }: Place,
  data: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): ServerCommand {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', ...settings }
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  return { program: join(bin, 'postgres'), args, ...place, readyText: 'ready to accept connections' }
}

async function startOwn(programs: PostgresPrograms, settings: Readonly<Record<string, string>>): Promise<TestServer> {
  const user = userForServers()
  const folder = await createServerFolder('postgres', user)
  const held = new SupervisedProcess(folder)
  try {
    const place = { bin: await stagePrograms(programs, folder, user), cwd: folder, env: environment, user }
    const password = randomBytes(16).toString('hex')
    const data = await initialise(held, place, password)
    const port = await freePort()
    const command = serve(place, data, port, settings)
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
    return await ownServer({
      held,
      command,
      url,
      origin: programs.origin,
      version: async () => await serverVersion(url),
      stopSignal: 'SIGINT',
    })
  } catch (error) {
    await held[Symbol.asyncDispose]()
    throw error
  }
}
