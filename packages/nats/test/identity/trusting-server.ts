import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { ConnectionOptions, NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import type { Clock } from '@roster/core'
import { startNats, type TestServer } from '@roster/testing/servers'

import { authenticatorOf } from '../../src/identity/authenticator.ts'
import { Authority } from '../../src/identity/authority.ts'
import { replyPrefix, type Grant } from '../../src/identity/grant.ts'
import { newNkey, type Nkey } from '../../src/identity/nkey.ts'
import { serverConfig } from '../../src/identity/server-config.ts'

/** The machine's own clock: the server compares credentials with its own. */
// oxlint-disable-next-line roster/no-ambient -- what the server and these tests share is the time of the machine
export const machineClock: Clock = { now: () => Date.now() }

/** A server that trusts an authority of its own. */
export interface TrustingServer extends AsyncDisposable {
  readonly server: TestServer
  readonly servers: readonly string[]
  readonly authority: Authority
  readonly folder: string
  /** Connects with a credential issued for a grant. */
  connectAs(grant: Grant, key?: Nkey, options?: ConnectionOptions): Promise<NatsConnection>
  /** Connects with this JWT and this key, whatever they are. */
  connectWith(jwt: string, key: Nkey, options?: ConnectionOptions): Promise<NatsConnection>
}

/** Starts a server with JetStream for the account of a new identity. */
export async function startTrustingServer(): Promise<TrustingServer> {
  const folder = await mkdtemp(join(tmpdir(), 'roster-identity-'))
  const authority = new Authority({ folder: join(folder, 'identity'), clock: machineClock })
  await authority.init({ tenant: 'desk' })
  const server = await startNats({ config: serverConfig(await authority.trust(), join(folder, 'accounts')) })
  const connections: NatsConnection[] = []
  const connectWith: TrustingServer['connectWith'] = async (jwt, key, options = {}) => {
    const authenticator = authenticatorOf(() => jwt, key)
    const connection = await connect({ servers: server.url, authenticator, reconnect: false, ...options })
    connections.push(connection)
    return connection
  }
  return {
    server,
    servers: [server.url],
    authority,
    folder,
    connectWith,
    async connectAs(grant, key = newNkey('user'), options = {}) {
      const { jwt } = await authority.issue(grant, key.publicKey)
      return await connectWith(jwt, key, { inboxPrefix: replyPrefix(grant), ...options })
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(connections.map((connection) => connection.close()))
      await server[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
}
