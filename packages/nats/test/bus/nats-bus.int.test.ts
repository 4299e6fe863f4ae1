import { jetstreamManager } from '@nats-io/jetstream'
import { busContract } from '@roster/testing'
import { describeWithServer } from '@roster/testing/servers'

import { ownServer, type OwnServer } from '../kit/own-server.ts'

describeWithServer('nats', 'the bus on JetStream', () => {
  const server = ownServer()
  const open = async () => {
    await deleteStreams(server)
    const mail = { acknowledgeWithinMs: 300 }
    const first = server.open({ name: 'one', mail })
    const opened = [first]
    return {
      bus: first.bus,
      another: async () => {
        const other = server.open({ name: `other ${opened.length}`, mail })
        opened.push(other)
        return other.bus
      },
      [Symbol.asyncDispose]: async () => {
        for (const one of opened) await one[Symbol.asyncDispose]()
      },
    }
  }
  busContract('JetStream', open, { capabilities: { keeps: true, repeats: true, processes: true } })
})

async function deleteStreams(server: OwnServer): Promise<void> {
  const connection = await server.outside()
  const manager = await jetstreamManager(connection)
  for await (const { config } of manager.streams.list()) await manager.streams.delete(config.name)
  await connection.close()
}
