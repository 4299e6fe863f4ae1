import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'

import type { Connections } from '../connection/connections.ts'
import type { Principal } from '../credentials.ts'
import { busError } from '../map-error.ts'
import type { ObserveBus } from '../observation.ts'
import { apiCodes, hasCode } from './api-codes.ts'
import { jetStreamTimeoutMs, streamSpecs, type StreamOptions, type StreamSpec } from './streams.ts'

/** Makes the JetStream streams, and makes them again when they are found to be gone. */
export class KeptStreams {
  readonly #connections: Connections
  readonly #as: Principal
  readonly #specs: readonly StreamSpec[]
  readonly #observe: ObserveBus | undefined
  #made: Promise<void> | undefined

  constructor(connections: Connections, as: Principal, options: StreamOptions = {}, observe?: ObserveBus) {
    this.#connections = connections
    this.#as = as
    this.#specs = streamSpecs(options)
    this.#observe = observe
  }

  /**
   * Resolves when the streams are there as they should be; asks the server once until somebody says that they are gone.
   *
   * @throws RosterError `bus-unavailable`, also for a difference that JetStream cannot change in a stream that exists.
   */
  ensure(): Promise<void> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = undefined
      throw busError(error, 'making the JetStream streams')
    })
    return this.#made
  }

  /** Says that a stream was not found: the next who needs them looks. */
  suspect(): void {
    this.#made = undefined
  }

  async #make(): Promise<void> {
    const connection = await this.#connections.of(this.#as)
    const manager = await jetstreamManager(connection, { timeout: jetStreamTimeoutMs, checkAPI: false })
    const made: string[] = []
    for (const spec of this.#specs) if (await make(manager, spec)) made.push(spec.name)
    if (made.length > 0) this.#observe?.({ kind: 'bus-streams-made', streams: made })
  }
}

/** Makes one stream or brings it up to date; answers whether it is new. */
async function make(manager: JetStreamManager, spec: StreamSpec): Promise<boolean> {
  const isNew = await manager.streams.info(spec.name).then(
    () => false,
    (error: unknown) => {
      if (hasCode(error, apiCodes.streamNotFound)) return true
      throw error
    },
  )
  try {
    // Somebody else may be quicker: with the same configuration that is no error.
    await manager.streams.add(spec)
  } catch (error) {
    if (!hasCode(error, apiCodes.otherConfiguration)) throw error
    await manager.streams.update(spec.name, spec)
  }
  return isNew
}
