import { beforeAll, describe } from 'vitest'
import { OLDEST_POSTGRES, systemPostgres } from '@roster/servers'
import { type ServerName, sharedServer } from './shared-server.ts'

/** The first time that a machine needs a server, its program is downloaded, or built. */
const START_WITHIN_MS = 300_000

declare module 'vitest' {
  interface TaskMeta {
    /** Why a suite did not run; the summary of a run lists it. */
    notRun?: string
  }
}

/** Why a suite cannot run and need not. A pinned server that cannot be had is no such reason: then the suite fails. */
function excuse(server: ServerName): string | undefined {
  if (process.env['ROSTER_WITHOUT_SERVERS']) return `needs ${server}, and --without-servers was given`
  if (server === 'system-postgres' && systemPostgres() === undefined) {
    return `runs on the machine's own PostgreSQL too, and none of version ${OLDEST_POSTGRES} or later is installed`
  }
  return undefined
}

/** A suite that needs a real server. Where it does not run, the summary says so by name; where the server cannot be had, it fails. */
export function describeWithServer(server: ServerName, name: string, suite: () => void): void {
  const notRun = excuse(server)
  if (notRun !== undefined) {
    describe(name, { skip: true, meta: { notRun } }, suite)
    return
  }
  describe(name, () => {
    beforeAll(async () => {
      await sharedServer(server)
    }, START_WITHIN_MS)
    suite()
  })
}
