import { connect, type NatsConnection } from '@nats-io/transport-node'
import { startNats, type TestServer } from '@roster/testing/servers'
import { afterAll, beforeAll } from 'vitest'

import { oneCredential, openNats, type BusObservation, type Nats, type NatsOptions } from '../../src/index.ts'

/** A suite's own server: its streams have the names that every Roster uses. */
export class OwnServer {
  #server: TestServer | undefined

  get url(): string {
    if (this.#server === undefined) throw new Error('the server is started before the first test')
    return this.#server.url
  }

  /** Connection options for the server. */
  get options(): { readonly servers: string; readonly user?: string; readonly pass?: string } {
    const { host, username, password } = new URL(this.url)
    return username === '' ? { servers: host } : { servers: host, user: username, pass: password }
  }

  async start(): Promise<void> {
    this.#server = await startNats()
  }

  async stop(): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]()
  }

  /** Roster's side, with what it observed. */
  open(options: Partial<NatsOptions> = {}): Nats & { readonly seen: readonly BusObservation[] } {
    const seen: BusObservation[] = []
    const nats = openNats({
      credentials: oneCredential(this.options),
      name: 'one',
      streams: { storage: 'memory' },
      observe: (observation) => void seen.push(observation),
      ...options,
    })
    return { ...nats, seen }
  }

  /** Somebody outside who knows nothing of Roster. */
  async outside(): Promise<NatsConnection> {
    return await connect(this.options)
  }
}

/** A server for the tests of a suite. */
export function ownServer(): OwnServer {
  const server = new OwnServer()
  beforeAll(() => server.start())
  afterAll(() => server.stop())
  return server
}
