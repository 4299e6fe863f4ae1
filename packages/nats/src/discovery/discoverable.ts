import type { Msg } from '@nats-io/nats-core'
import type { Subscription } from '@roster/core'

import type { Connections } from '../connection/connections.ts'
import type { Principal } from '../credentials.ts'

/** What a process says of itself to whoever looks for services, with the NATS CLI for instance. */
export interface ServiceFacts {
  /** Such as `roster-host`. */
  readonly name: string
  readonly version: string
  readonly description: string
  /** Asked at each answer. */
  readonly metadata: () => Readonly<Record<string, string>>
}

const kinds = ['PING', 'INFO', 'STATS'] as const

/**
 * Answers NATS's service discovery (ADR-32) once for this process, whatever it hosts: `$SRV.PING`, `$SRV.INFO` and `$SRV.STATS`, for all
 * services, those of this name, or this one. Written here because the library for it is a pre-release on another major of the client.
 */
export async function discoverable(
  connections: Connections,
  as: Principal,
  { name, version, description, metadata }: ServiceFacts,
  started: string,
): Promise<Subscription> {
  const connection = await connections.of(as)
  const id = as.name.replaceAll(/[^A-Za-z0-9_-]/g, '-')
  const answerTo = (kind: (typeof kinds)[number]): string => {
    const common = { name, id, version, metadata: metadata() }
    if (kind === 'PING') return JSON.stringify({ type: 'io.nats.micro.v1.ping_response', ...common })
    if (kind === 'INFO')
      return JSON.stringify({ type: 'io.nats.micro.v1.info_response', ...common, description, endpoints: [] })
    return JSON.stringify({ type: 'io.nats.micro.v1.stats_response', ...common, started, endpoints: [] })
  }
  const subscriptions = kinds.flatMap((kind) =>
    [`$SRV.${kind}`, `$SRV.${kind}.${name}`, `$SRV.${kind}.${name}.${id}`].map((subject) =>
      connection.subscribe(subject, {
        callback: (error: Error | null, message: Msg) => {
          if (error === null) message.respond(answerTo(kind))
        },
      }),
    ),
  )
  // From here on it is answered.
  await connection.flush()
  return {
    async close() {
      for (const subscription of subscriptions) subscription.unsubscribe()
      await connection.flush().catch(() => {})
    },
  }
}
