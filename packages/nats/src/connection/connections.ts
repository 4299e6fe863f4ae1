import type { NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import { failureOf, RosterError } from '@roster/core'

import type { Credentials, Principal } from '../credentials.ts'
import { busError } from '../map-error.ts'
import type { ObserveBus } from '../observation.ts'

/** How long the first connection may take, in milliseconds. */
const connectTimeoutMs = 3000

interface Opened {
  readonly connection: NatsConnection
  live: boolean
}

/**
 * The connections of one process, one for each identity, opened when they are first needed.
 *
 * N1 A connection that was lost is opened again by the library, for ever; meanwhile nothing is published through it, and nothing waits for it.
 * N2 A connection that could not be opened is tried again by whoever needs it next.
 */
export class Connections implements AsyncDisposable {
  readonly #credentials: Credentials
  readonly #observe: ObserveBus | undefined
  readonly #opened = new Map<string, Promise<Opened>>()
  readonly #lost = new Set<string>()
  #closed = false

  constructor(credentials: Credentials, observe?: ObserveBus) {
    this.#credentials = credentials
    this.#observe = observe
  }

  /**
   * The connection of somebody, which is connected at this moment.
   *
   * @throws RosterError `bus-unavailable` if there is none; `denied` for whoever has no credential.
   */
  async of(principal: Principal): Promise<NatsConnection> {
    const as = this.#nameOf(principal)
    const { connection, live } = await this.#open(as, principal)
    if (!live)
      throw busError(new Error('the connection is lost, and is being opened again'), `reaching the bus as ${as}`)
    return connection
  }

  /** Whether every connection that was opened is connected just now. */
  get live(): boolean {
    return this.#lost.size === 0
  }

  /** Identities that have a connection open or being opened. */
  get names(): readonly string[] {
    return [...this.#opened.keys()]
  }

  /** Cuts the connection of somebody whose credential is revoked. */
  async drop(principal: Principal): Promise<void> {
    const as = this.#nameOf(principal)
    const opened = this.#opened.get(as)
    this.#opened.delete(as)
    await opened?.then(({ connection }) => connection.close()).catch(() => {})
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    const opened = [...this.#opened.values()]
    this.#opened.clear()
    await Promise.allSettled(opened.map(async (one) => (await one).connection.close()))
  }

  #nameOf(principal: Principal): string {
    return this.#credentials.shared === true ? 'everybody' : labelOf(principal)
  }

  #open(as: string, principal: Principal): Promise<Opened> {
    if (this.#closed) throw new RosterError('stopped', 'the connections to the bus are closed')
    const known = this.#opened.get(as)
    if (known !== undefined) return known
    const opening = this.#connect(as, principal).catch((error: unknown) => {
      this.#opened.delete(as)
      throw busError(error, `connecting to the bus as ${as}`)
    })
    this.#opened.set(as, opening)
    return opening
  }

  async #connect(as: string, principal: Principal): Promise<Opened> {
    const options = await this.#credentials.connectionFor(principal)
    const connection = await connect({
      timeout: connectTimeoutMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      // A credential that was renewed meanwhile is accepted at the next try.
      ignoreAuthErrorAbort: true,
      ...options,
      name: `roster ${as}`,
    })
    const opened: Opened = { connection, live: true }
    this.#observe?.({ kind: 'bus-connected', as, server: connection.getServer() })
    void this.#follow(as, opened)
    return opened
  }

  async #follow(as: string, opened: Opened): Promise<void> {
    for await (const status of opened.connection.status()) {
      if (status.type === 'disconnect' || status.type === 'staleConnection') {
        opened.live = false
        this.#lost.add(as)
        this.#observe?.({ kind: 'bus-disconnected', as })
      } else if (status.type === 'reconnect') {
        opened.live = true
        this.#lost.delete(as)
        this.#observe?.({ kind: 'bus-connected', as, server: opened.connection.getServer() })
      }
    }
    // Closed for good: by us, or because the server refuses the credential.
    opened.live = false
    this.#opened.delete(as)
    this.#lost.delete(as)
    const error = await opened.connection.closed()
    if (error !== undefined) this.#observe?.({ kind: 'bus-disconnected', as, failure: failureOf(error) })
  }
}

function labelOf(principal: Principal): string {
  return principal.role === 'colleague' ? `${principal.team}/${principal.name}` : `${principal.role} ${principal.name}`
}
