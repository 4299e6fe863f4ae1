import { randomBytes } from 'node:crypto'
import { queryPostgres } from '@roster/servers'
import { type ServerName, sharedServer } from './shared-server.ts'

/** An empty database; disposing of it drops it, whoever is still connected. */
export interface FreshDatabase extends AsyncDisposable {
  readonly url: string
  readonly name: string
}

export interface FreshDatabaseOptions {
  /** @defaultValue postgres */
  readonly server?: Extract<ServerName, 'postgres' | 'system-postgres'>
}

/** Creates an empty database on the server that the run shares, so that suites do not see each other's rows. */
export async function freshDatabase({ server = 'postgres' }: FreshDatabaseOptions = {}): Promise<FreshDatabase> {
  const { url: admin } = await sharedServer(server)
  const name = `test_${randomBytes(8).toString('hex')}`
  await queryPostgres(admin, `create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  return {
    url: url.href,
    name,
    [Symbol.asyncDispose]: async () => {
      await queryPostgres(admin, `drop database if exists ${name} with (force)`)
    },
  }
}
