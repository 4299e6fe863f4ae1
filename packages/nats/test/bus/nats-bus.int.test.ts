import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { busContract } from '@roster/testing'
import { afterAll, beforeAll } from 'vitest'

import { oneCredential, openNats } from '../../src/index.ts'
import { startNats, type NatsServer } from '../kit/nats-server.ts'

let server: NatsServer
beforeAll(async () => {
  server = await startNats()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

busContract(
  'JetStream',
  async () => {
    await deleteStreams(server.url)
    const open = (name: string) =>
      openNats({
        credentials: oneCredential({ servers: server.url }),
        name,
        streams: { storage: 'memory' },
        mail: { acknowledgeWithinMs: 300 },
      })
    const opened = [open('one')]
    const [first] = opened
    if (first === undefined) throw new Error('unreachable')
    return {
      bus: first.bus,
      another: async () => {
        const other = open(`other ${opened.length}`)
        opened.push(other)
        return other.bus
      },
      [Symbol.asyncDispose]: async () => {
        for (const one of opened) await one[Symbol.asyncDispose]()
      },
    }
  },
  { capabilities: { keeps: true, repeats: true, processes: true } },
)

async function deleteStreams(servers: string): Promise<void> {
  const connection = await connect({ servers })
  const manager = await jetstreamManager(connection)
  for await (const { config } of manager.streams.list()) await manager.streams.delete(config.name)
  await connection.close()
}
