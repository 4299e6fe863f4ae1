import { jetstream, type JetStreamClient } from '@nats-io/jetstream'
import { isRosterError, parseStream, refuseLarge, type Sending } from '@roster/core'

import type { Connections } from '../connection/connections.ts'
import type { Principal } from '../credentials.ts'
import type { KeptStreams } from '../jetstream/keep-streams.ts'
import { jetStreamTimeoutMs } from '../jetstream/streams.ts'
import { busError } from '../map-error.ts'
import { identityOf, mailSubject } from '../subject.ts'
import { encodeMail } from '../wire/envelope.ts'

/** Messages on their way to the server at once, for one call. */
const window = 256

/**
 * Publishes rows, each over the connection of its sender.
 *
 * U1 The rows of one sender are handed to its connection in the order of the call.
 * U2 A message that cannot be carried does not keep the rest of the call from being published. A bus that does not take messages now is not
 *    asked again in the same call, so that a call ends soon. The first failure is what the call rejects with.
 */
export class Publisher {
  readonly #connections: Connections
  readonly #streams: KeptStreams
  readonly #system: Principal

  /** `system` publishes for tasks, clients and the team itself, which have no credential of their own. */
  constructor(connections: Connections, streams: KeptStreams, system: Principal) {
    this.#connections = connections
    this.#streams = streams
    this.#system = system
  }

  async publish(sendings: readonly Sending[]): Promise<void> {
    const failures: unknown[] = []
    const senders = Map.groupBy(sendings, ({ row }) => identityOf(row.sender))
    await Promise.all([...senders].map(([sender, theirs]) => this.#publishOf(sender, theirs, failures)))
    if (failures.length > 0) throw busError(failures[0], `publishing ${failures.length} of ${sendings.length} messages`)
  }

  async #publishOf(sender: string, sendings: readonly Sending[], failures: unknown[]): Promise<void> {
    let client: JetStreamClient
    try {
      await this.#streams.ensure()
      client = jetstream(await this.#connections.of(this.#principalOf(sender)), { timeout: jetStreamTimeoutMs })
    } catch (error) {
      failures.push(...sendings.map(() => error))
      return
    }
    for (let from = 0; from < sendings.length; from += window) {
      const some = sendings.slice(from, from + window)
      const results = await Promise.allSettled(some.map((sending) => publishOne(client, sending)))
      const rejected = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
      failures.push(...rejected)
      if (rejected.every((reason) => isRosterError(reason, 'message-too-large'))) continue
      // Perhaps the stream is gone: the next call makes it.
      this.#streams.suspect()
      failures.push(...sendings.slice(from + window).map(() => rejected[0]))
      return
    }
  }

  #principalOf(sender: string): Principal {
    const { kind, team, name } = parseStream(sender)
    return kind === 'agent' || kind === 'person' ? { role: 'colleague', team, name } : this.#system
  }
}

async function publishOne(client: JetStreamClient, { row, resend }: Sending): Promise<void> {
  refuseLarge(row, row.stream, Buffer.byteLength(row.body))
  // No second try here: the row is sent again by its owner.
  const options = { msgID: `${row.id}.${resend}`, timeout: jetStreamTimeoutMs, retries: 0 }
  await client.publish(mailSubject(row.sender, row.stream), encodeMail(row), options)
}
