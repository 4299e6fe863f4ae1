import type { Bus, Subscription } from '@roster/core'

import { natsBus, type MailOptions } from './bus/nats-bus.ts'
import { Publisher } from './bus/publisher.ts'
import { Connections } from './connection/connections.ts'
import type { Credentials } from './credentials.ts'
import { discoverable, type ServiceFacts } from './discovery/discoverable.ts'
import { whoIsThere, type Present } from './discovery/who-is-there.ts'
import { KeptStreams } from './jetstream/keep-streams.ts'
import { inspectStreams, type StreamState } from './jetstream/inspect.ts'
import type { StreamOptions } from './jetstream/streams.ts'
import type { ObserveBus } from './observation.ts'
import { recordFeed, type RecordFeed } from './record/tell-records.ts'
import { answerClient } from './task/answer-client.ts'
import { takeTasks, type Answer, type HandleTask } from './task/take-tasks.ts'

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
  /** Whether every connection that was opened is connected just now. */
  readonly connected: boolean
  /** The public feed of records. */
  readonly records: RecordFeed
  /** Makes the JetStream streams, or brings them up to date. @throws RosterError `bus-unavailable` */
  ensureStreams(): Promise<void>
  /** How the JetStream streams are, without changing them. @throws RosterError `bus-unavailable` */
  inspectStreams(): Promise<readonly StreamState[]>
  /** Takes the tasks that clients publish for a team, until it is closed. */
  takeTasks(team: string, handle: HandleTask): Promise<Subscription>
  /** Tells a client something. @throws RosterError `bus-unavailable` */
  readonly answer: Answer
  /** Answers NATS's service discovery as a host or a coordinator. `started` is an ISO 8601 time. @throws RosterError `bus-unavailable` */
  discoverable(role: 'host' | 'coordinator', service: ServiceFacts, started: string): Promise<Subscription>
  /** All hosts that answer within half a second, this one included. @throws RosterError `bus-unavailable` */
  hosts(): Promise<readonly Present[]>
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
  // Else the library would try for ever to come back with a credential that is refused.
  credentials.onRevoked?.((principal) => void connections.drop(principal))
  const kept = new KeptStreams(connections, { role: 'administrator', name }, streams, observe)
  const coordinator = { role: 'coordinator', name } as const
  const ports = { connections, streams: kept, ...(observe === undefined ? {} : { observe }) }
  const answer = answerClient(connections, coordinator)
  return {
    bus: natsBus(new Publisher(connections, kept, coordinator), { ...ports, as: { role: 'host', name } }, mail),
    connections,
    get connected() {
      return connections.live
    },
    records: recordFeed(connections, kept, coordinator),
    ensureStreams: () => kept.ensure(),
    inspectStreams: () => inspectStreams(connections, { role: 'administrator', name }, streams),
    takeTasks: (team, handle) => takeTasks({ ...ports, as: coordinator }, team, handle, answer),
    answer,
    hosts: () => whoIsThere(connections, { role: 'host', name }),
    discoverable: (role, service, started) => discoverable(connections, { role, name }, service, started),
    [Symbol.asyncDispose]: () => connections[Symbol.asyncDispose](),
  }
}
