import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  jetstreamManager,
  type ConsumerConfig,
  type ConsumerMessages,
  type ConsumerNotification,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream'
import { nanos } from '@nats-io/nats-core'

import type { Connections } from '../connection/connections.ts'
import type { Principal } from '../credentials.ts'
import { busError } from '../map-error.ts'
import type { ObserveBus } from '../observation.ts'
import { apiCodes, hasCode } from './api-codes.ts'
import type { KeptStreams } from './keep-streams.ts'
import { jetStreamTimeoutMs } from './streams.ts'

/** What is consumed, and how. */
export interface ConsumeOptions {
  readonly stream: string
  /** Name of the durable consumer, which several processes may share. */
  readonly name: string
  readonly filters: readonly string[]
  /** How long something may stay unacknowledged before it comes again, in milliseconds. */
  readonly acknowledgeWithinMs: number
  /** How many may be unacknowledged before nothing more comes. */
  readonly maxUnacknowledged: number
}

/** What consuming is done with. */
export interface ConsumePorts {
  readonly connections: Connections
  readonly streams: KeptStreams
  readonly as: Principal
  readonly observe?: ObserveBus
}

/** Waits between two tries of opening a consumer, in milliseconds; the last one repeats. */
const backoffMs = [50, 200, 500, 1000, 2000]

/** How long a pull waits at the server, in milliseconds; twice its heartbeat without a sign, and the consumer is opened again. */
const pullMs = 10_000

/** Notices after which a consumer does not come back by itself. */
const broken: readonly ConsumerNotification['type'][] = [
  'consumer_not_found',
  'consumer_deleted',
  'stream_not_found',
  'heartbeats_missed',
  'no_responders',
]

/**
 * Takes what comes by a durable consumer, until it is closed.
 *
 * S1 Whatever is gone (the connection, the stream, the consumer, the server's memory of both) is made or opened again.
 * S2 What was handed over is acknowledged by whoever took it, and by nobody else.
 */
export class Consuming {
  readonly #ports: ConsumePorts
  readonly #options: ConsumeOptions
  readonly #take: (message: JsMsg) => void
  readonly #stop = Promise.withResolvers<void>()
  readonly #running: Promise<void>
  #stopped = false
  #messages: ConsumerMessages | undefined

  private constructor(ports: ConsumePorts, options: ConsumeOptions, take: (message: JsMsg) => void, tried: () => void) {
    this.#ports = ports
    this.#options = options
    this.#take = take
    this.#running = this.#run(tried)
  }

  /** Begins; resolves when the consumer is open, or could not be opened at the first try and is tried on. */
  static async begin(ports: ConsumePorts, options: ConsumeOptions, take: (message: JsMsg) => void): Promise<Consuming> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const consuming = new Consuming(ports, options, take, resolve)
    await promise
    return consuming
  }

  async close(): Promise<void> {
    this.#stopped = true
    this.#stop.resolve()
    await this.#messages?.close()
    await this.#running
  }

  async #run(tried: () => void): Promise<void> {
    for (let failures = 0; !this.#stopped;) {
      let because: string
      try {
        const messages = await this.#open()
        failures = 0
        tried()
        because = await this.#untilBroken(messages)
      } catch (error) {
        because = busError(error, `opening ${this.#options.name}`).message
        failures += 1
        tried()
      }
      if (this.#stopped) return
      this.#ports.streams.suspect()
      this.#ports.observe?.({ kind: 'bus-consumer-reopened', consumer: this.#options.name, because })
      await this.#pause(backoffMs[Math.min(failures, backoffMs.length - 1)] ?? 0)
    }
  }

  async #open(): Promise<ConsumerMessages> {
    const { connections, streams, as } = this.#ports
    const { stream, name } = this.#options
    const connection = await connections.of(as)
    await streams.ensure()
    const manager = await jetstreamManager(connection, { timeout: jetStreamTimeoutMs, checkAPI: false })
    await keepConsumer(manager, this.#options)
    const consumer = await jetstream(connection, { timeout: jetStreamTimeoutMs }).consumers.get(stream, name)
    const callback = (message: JsMsg): void => {
      if (!this.#stopped) this.#take(message)
    }
    const messages = await consumer.consume({ callback, max_messages: 200, expires: pullMs })
    this.#messages = messages
    if (this.#stopped) await messages.close()
    return messages
  }

  async #untilBroken(messages: ConsumerMessages): Promise<string> {
    for await (const notice of messages.status()) {
      if (!broken.includes(notice.type)) continue
      await messages.close()
      return notice.type
    }
    return 'closed'
  }

  async #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    await Promise.race([promise, this.#stop.promise])
    clearTimeout(timer)
  }
}

/** Makes the consumer, or brings one that another version has made up to date. */
async function keepConsumer({ consumers }: JetStreamManager, options: ConsumeOptions): Promise<void> {
  try {
    await consumers.add(options.stream, configOf(options))
  } catch (error) {
    if (!hasCode(error, apiCodes.otherConsumer)) throw error
    await consumers.update(options.stream, options.name, configOf(options))
  }
}

function configOf({ name, filters, acknowledgeWithinMs, maxUnacknowledged }: ConsumeOptions): Partial<ConsumerConfig> {
  return {
    durable_name: name,
    filter_subjects: [...filters],
    deliver_policy: DeliverPolicy.All,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(acknowledgeWithinMs),
    max_ack_pending: maxUnacknowledged,
    // Attempts are counted in the store: a crash on a last delivery would leave no dead letter.
    max_deliver: -1,
    inactive_threshold: 0,
  }
}
