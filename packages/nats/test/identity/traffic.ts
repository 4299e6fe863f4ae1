import { jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'

import type { Credentials, Principal } from '../../src/credentials.ts'
import { mailSubject } from '../../src/subject.ts'

/** What was sent and arrived while something was done to the credentials. */
export interface Counts {
  readonly sent: number
  readonly stored: number
  /** Publications that were not acknowledged, and were made again under the same id. */
  readonly again: number
  /** Times that the connection was ended and came back. */
  readonly reconnected: number
}

/** A colleague that publishes without pause, as a host does for it: what is not acknowledged is published again. */
export async function traffic(
  credentials: Credentials,
  from: Principal & { role: 'colleague' },
): Promise<{
  readonly connection: NatsConnection
  /** How often the connection came back so far. */
  reconnected(): number
  stop(): Promise<Counts>
}> {
  const administrator = await connect(await credentials.connectionFor({ role: 'administrator', name: 'test' }))
  const streams = (await jetstreamManager(administrator)).streams
  await streams.add({ name: 'MAIL', subjects: ['roster.mail.>'] })
  const connection = await connect(await credentials.connectionFor(from))
  const subject = mailSubject(`desk/agent/${from.name}`, 'desk/task/01J')
  const counted = { sent: 0, again: 0, reconnected: 0 }
  const stopped = new AbortController()
  void (async () => {
    for await (const { type } of connection.status()) if (type === 'reconnect') counted.reconnected++
  })()
  const running = publishUntil(jetstream(connection), subject, stopped.signal, counted)
  return {
    connection,
    reconnected: () => counted.reconnected,
    async stop() {
      stopped.abort()
      await running
      const { state } = await streams.info('MAIL')
      await connection.close()
      await administrator.close()
      return { ...counted, stored: state.messages }
    },
  }
}

async function publishUntil(
  client: JetStreamClient,
  subject: string,
  stopped: AbortSignal,
  counted: { sent: number; again: number },
): Promise<void> {
  while (!stopped.aborted) {
    counted.sent++
    const terms = { msgID: String(counted.sent), timeout: 1000 }
    for (let done = false; !done; counted.again += done ? 0 : 1)
      done = await client.publish(subject, '{}', terms).then(
        () => true,
        () => false,
      )
  }
}
