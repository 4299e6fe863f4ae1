import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { Envelope, Position } from '@roster/core'

import type { Connections } from '../connection/connections.ts'
import type { Principal } from '../credentials.ts'
import type { KeptStreams } from '../jetstream/keep-streams.ts'
import { jetStreamTimeoutMs, streamNames } from '../jetstream/streams.ts'
import { busError } from '../map-error.ts'
import { recordSubject } from '../subject.ts'
import { wireVersion } from '../wire/envelope.ts'

/** A record without its body, as the public feed has it. */
export interface ToldRecord {
  readonly position: Position
  readonly hash: string
  readonly envelope: Envelope
}

/** The public feed of records. */
export interface RecordFeed {
  /** Tells of records, in order. The same position again is dropped by the server. @throws RosterError `bus-unavailable` */
  tell(records: readonly ToldRecord[]): Promise<void>
  /** Position of the last record that was told; `undefined` where the stream is empty. @throws RosterError `bus-unavailable` */
  last(): Promise<Position | undefined>
}

/** The public feed of records, on its JetStream stream. It carries what an auditor may see, and no payloads. */
export function recordFeed(connections: Connections, streams: KeptStreams, as: Principal): RecordFeed {
  return {
    async tell(records) {
      try {
        await streams.ensure()
        const client = jetstream(await connections.of(as), { timeout: jetStreamTimeoutMs })
        await Promise.all(
          records.map(({ envelope, ...rest }) =>
            client.publish(recordSubject(envelope.stream), JSON.stringify({ v: wireVersion, ...rest, envelope }), {
              msgID: `${envelope.tenant} ${rest.position}`,
              timeout: jetStreamTimeoutMs,
              retries: 0,
            }),
          ),
        )
      } catch (error) {
        streams.suspect()
        throw busError(error, `telling of ${records.length} records`)
      }
    },
    async last() {
      try {
        await streams.ensure()
        const connection = await connections.of(as)
        const manager = await jetstreamManager(connection, { timeout: jetStreamTimeoutMs, checkAPI: false })
        const { state } = await manager.streams.info(streamNames.record)
        if (state.messages === 0) return undefined
        const options = { timeout: jetStreamTimeoutMs }
        const { name } = await manager.consumers.add(streamNames.record, {
          ack_policy: AckPolicy.None,
          deliver_policy: DeliverPolicy.Last,
          inactive_threshold: 5_000_000_000,
        })
        const message = await (await jetstream(connection, options).consumers.get(streamNames.record, name)).next()
        return message?.json<ToldRecord>().position
      } catch (error) {
        streams.suspect()
        throw busError(error, 'reading where the feed of records ends')
      }
    },
  }
}
