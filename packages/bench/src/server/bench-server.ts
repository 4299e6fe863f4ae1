import { startPostgres } from '@roster/testing/servers'
import pg from 'pg'

import { processTree } from './process-tree.ts'

/** The PostgreSQL that everything is measured on: one server, a database for each subject. */
export interface BenchServer extends AsyncDisposable {
  readonly version: string
  /** Makes an empty database and answers its URL. */
  database(name: string): Promise<string>
  /** CPU that the server has taken, in seconds; `undefined` where the system does not tell. */
  cpuSeconds(): number | undefined
}

/** Starts the project's own PostgreSQL with its own settings: what is answered is on the disk. */
export async function openServer(): Promise<BenchServer> {
  const server = await startPostgres()
  const admin = new pg.Pool({ connectionString: server.url, max: 1 })
  const { rows } = await admin.query<{ fsync: string; commit: string; pid: number }>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, pg_backend_pid() as pid`,
  )
  const [settings] = rows
  if (settings?.fsync !== 'on' || settings.commit !== 'on')
    throw new Error('the bench needs a PostgreSQL with fsync and synchronous_commit on')
  const tree = processTree(settings.pid)
  return {
    version: server.version,
    async database(name) {
      await admin.query(`create database ${name}`)
      const url = new URL(server.url)
      url.pathname = `/${name}`
      return url.href
    },
    cpuSeconds: () => tree?.cpuSeconds(),
    async [Symbol.asyncDispose]() {
      await admin.end()
      await server[Symbol.asyncDispose]()
    },
  }
}
