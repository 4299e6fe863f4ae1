import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

import { plainTable, plainText } from './plain-table.ts'

const run = promisify(execFile)

/** PostgreSQL's own bench. */
export interface Pgbench extends AsyncDisposable {
  readonly version: string
  /** One-row inserts a second by so many clients. */
  insertsPerSecond(clients: number, forSeconds: number): Promise<number>
}

/** The `pgbench` on this machine's path, or `undefined`. */
export async function findPgbench(url: string): Promise<Pgbench | undefined> {
  const version = await run('pgbench', ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
  if (version === undefined) return undefined
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(plainTable)
  await client.end()
  const folder = await mkdtemp(join(tmpdir(), 'roster-pgbench-'))
  const script = join(folder, 'insert.sql')
  await writeFile(script, `insert into plain (body) values ('${plainText}');\n`)
  return {
    version,
    async insertsPerSecond(clients, forSeconds) {
      const threads = Math.min(clients, 2)
      const args = ['-n', '-M', 'prepared', '-f', script, '-c', `${clients}`, '-j', `${threads}`, '-T', `${forSeconds}`]
      const { stdout } = await run('pgbench', [...args, url])
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN)
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true })
    },
  }
}
