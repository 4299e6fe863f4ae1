import { jetstreamManager, type StreamConfig } from '@nats-io/jetstream'
import { millis } from '@nats-io/nats-core'

import type { Connections } from '../connection/connections.ts'
import type { Principal } from '../credentials.ts'
import { busError } from '../map-error.ts'
import { apiCodes, hasCode } from './api-codes.ts'
import { jetStreamTimeoutMs, streamSpecs, type StreamOptions } from './streams.ts'

/** A JetStream stream as it is, and in what it differs from what it should be. */
export interface StreamState {
  readonly name: string
  readonly exists: boolean
  readonly retention: string
  readonly replicas: number
  readonly maxBytes: number
  readonly maxMessages: number
  readonly maxAgeMs: number
  readonly messages: number
  readonly bytes: number
  readonly consumers: number
  readonly differs: readonly string[]
}

const compared = [
  'retention',
  'discard',
  'num_replicas',
  'max_bytes',
  'max_msgs',
  'max_age',
  'max_msg_size',
  'duplicate_window',
] as const

/** How the JetStream streams are. @throws RosterError `bus-unavailable` */
export async function inspectStreams(
  connections: Connections,
  as: Principal,
  options?: StreamOptions,
): Promise<readonly StreamState[]> {
  try {
    const connection = await connections.of(as)
    const manager = await jetstreamManager(connection, { timeout: jetStreamTimeoutMs, checkAPI: false })
    return await Promise.all(
      streamSpecs(options).map(async (spec) => {
        const info = await manager.streams.info(spec.name).catch((error: unknown) => {
          if (hasCode(error, apiCodes.streamNotFound)) return undefined
          throw error
        })
        const { messages = 0, bytes = 0, consumer_count: consumers = 0 } = info?.state ?? {}
        const config = info?.config ?? (spec as StreamConfig)
        return {
          name: spec.name,
          exists: info !== undefined,
          retention: config.retention,
          replicas: config.num_replicas,
          maxBytes: config.max_bytes,
          maxMessages: config.max_msgs,
          maxAgeMs: millis(config.max_age),
          messages,
          bytes,
          consumers,
          differs: compared.filter((key) => spec[key] !== config[key]),
        }
      }),
    )
  } catch (error) {
    throw busError(error, 'looking at the JetStream streams')
  }
}
