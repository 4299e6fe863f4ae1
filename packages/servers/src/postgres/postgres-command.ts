import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { ServerCommand } from '../process/supervisor-protocol.ts'

/** Where the programs of one server are and as whom they run. */
export type PostgresPlace = Pick<ServerCommand, 'cwd' | 'env' | 'user'> & { readonly bin: string }

/** The environment of a server: what it says is in English, and its times are in UTC. */
export const postgresEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '' }

/** The data folder of a server. */
export const dataFolder = ({ cwd }: Pick<PostgresPlace, 'cwd'>): string => join(cwd, 'data')

/** Creates the data folder with a password of its own: other users of this machine reach the loopback address too. */
export async function createData(
  run: (command: ServerCommand) => Promise<void>,
  { bin, ...place }: PostgresPlace,
  password: string,
): Promise<void> {
  const data = dataFolder(place)
  const passwordFile = join(place.cwd, 'password')
  await mkdir(data, { mode: 0o700, recursive: true })
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
  await run({ program: join(bin, 'initdb'), args, ...place })
  await rm(passwordFile)
}

/** The command that starts a server with these settings on this port. */
export function servePostgres(
  { bin, ...place }: PostgresPlace,
  port: number,
  settings: Readonly<Record<string, string>> = {},
): ServerCommand {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', ...settings }
  const args = [
    '-D',
    dataFolder(place),
    '-p',
    String(port),
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  return { program: join(bin, 'postgres'), args, ...place, readyText: 'ready to accept connections' }
}

/** The address of a server, with its password where one is given. */
export function postgresUrl(port: number, password: string | undefined): string {
  return `postgres://postgres${password === undefined ? '' : `:${password}`}@127.0.0.1:${port}/postgres`
}
