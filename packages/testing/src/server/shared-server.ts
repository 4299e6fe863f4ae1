import { RosterError } from '@roster/core'
import { startNats, startPostgres, startTemporal, type TestServer } from '@roster/servers'

/** The servers that a suite can need; `system-postgres` is whatever PostgreSQL the machine has, beside the pinned one. */
export type ServerName = 'postgres' | 'system-postgres' | 'nats' | 'temporal'

/** The variable that names the address at which a test run shares its servers. */
export const SHARED_SERVERS = 'ROSTER_TEST_SERVERS'

/** What is known of a shared server; nobody who shares it can stop it. */
export type SharedServer = Pick<TestServer, 'url' | 'version' | 'origin'>

const say = (sentence: string): void => void process.stderr.write(`${sentence} …\n`)

/** How each server is started. */
export const starters: Readonly<Record<ServerName, () => Promise<TestServer>>> = {
  postgres: async () => await startPostgres({ onProgress: say }),
  nats: async () => await startNats({ onProgress: say }),
  // Nobody who shares it can restart it, so it need not remember.
  temporal: async () => await startTemporal({ store: 'memory', onProgress: say }),
  'system-postgres': async () => await startPostgres({ prefer: 'system' }),
}

const own = new Map<ServerName, Promise<SharedServer>>()

async function askRun(address: string, name: ServerName): Promise<SharedServer> {
  const response = await fetch(`${address}/${name}`)
  const answer = (await response.json()) as SharedServer & { readonly missing?: string }
  if (answer.missing !== undefined)
    throw new RosterError('server-missing', `This suite needs ${name}, which cannot be had: ${answer.missing}`)
  return answer
}

/**
 * The server that all suites of a run share, started when it is first asked for and stopped at the end of the run.
 * Outside a run that shares servers, this process has its own until it ends.
 */
export async function sharedServer(name: ServerName): Promise<SharedServer> {
  if (process.env['ROSTER_WITHOUT_SERVERS']) {
    throw new RosterError(
      'server-missing',
      `This needs ${name}, and the run is without servers: put it into describeWithServer, which says so.`,
    )
  }
  const address = process.env[SHARED_SERVERS]
  const known = own.get(name) ?? (address ? askRun(address, name) : starters[name]())
  own.set(name, known)
  return await known
}
