import type { Bus } from '@roster/core'

import { natsBus, type MailOptions } from './bus/nats-bus.ts'
import { Publisher } from './bus/publisher.ts'
import { Connections } from './connection/connections.ts'
import type { Credentials } from './credentials.ts'
import { KeptStreams } from './jetstream/keep-streams.ts'
import type { StreamOptions } from './jetstream/streams.ts'
import type { ObserveBus } from './observation.ts'

export interface NatsOptions {
  readonly credentials: Credentials
  /** Name of this process. */
  readonly name: string
  readonly streams?: StreamOptions
  readonly mail?: MailOptions
  readonly observe?: ObserveBus
}

/** NATS as a process of Roster uses it. Nothing is connected before it is needed. */
export interface Nats extends AsyncDisposable {
  readonly bus: Bus
  readonly connections: Connections
  /** Makes the JetStream streams, or brings them up to date. */
  ensureStreams(): Promise<void>
}

/**
 * Opens NATS for a process. It never fails because the server is away: what is published meanwhile is refused with `bus-unavailable` and
 * sent again by its owner, and consumers are opened when the server is back.
 *
 * @example
 * await using nats = openNats({ credentials: oneCredential({ servers: 'nats://127.0.0.1:4222' }), name: 'host-1' })
 * const host = new Host({ ...ports, bus: nats.bus }, options)
 */
export function openNats({ credentials, name, streams, mail, observe }: NatsOptions): Nats {
  const connections = new Connections(credentials, observe)
  const kept = new KeptStreams(connections, { role: 'administrator', name }, streams, observe)
  const publisher = new Publisher(connections, kept, { role: 'coordinator', name })
  const observing = observe === undefined ? {} : { observe }
  const ports = { connections, streams: kept, as: { role: 'host', name } as const, ...observing }
  return {
    bus: natsBus(publisher, ports, mail),
    connections,
    ensureStreams: () => kept.ensure(),
    [Symbol.asyncDispose]: () => connections[Symbol.asyncDispose](),
  }
}
