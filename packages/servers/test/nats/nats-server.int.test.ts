import { connect } from '@nats-io/transport-node'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { describeWithServer, sharedServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { startNats } from '../../src/index.ts'

/** Stores one message, if it may. */
async function publish(url: string, user?: string, pass?: string): Promise<number> {
  const given = new URL(url)
  const nats = await connect({
    servers: `${given.hostname}:${given.port}`,
    user: user ?? given.username,
    pass: pass ?? given.password,
    reconnect: false,
  })
  try {
    const manager = await jetstreamManager(nats)
    await manager.streams.add({ name: 'kept', subjects: ['kept.>'] })
    return (await jetstream(nats).publish('kept.one', 'text')).seq
  } finally {
    await nats.close()
  }
}

describeWithServer('nats', 'a NATS server of a suite', () => {
  it('is recent enough for the bus, and is shared by those who only use it', async () => {
    await using server = await startNats()
    expect(server.version).toMatch(/^2\.(1[1-9]|[2-9]\d)\./)
    const shared = await sharedServer('nats')
    expect(shared.version).toBe(server.version)
    expect(shared.url).not.toBe(server.url)
  })

  it('keeps what JetStream stored when it is killed and started again, on the same address', async () => {
    await using server = await startNats({ sync: 'always' })
    expect(await publish(server.url)).toBe(1)
    await server.kill()
    await expect(publish(server.url)).rejects.toThrow(/refused/i)
    await server.restart()
    expect(await publish(server.url)).toBe(2)
  })

  it('lets nobody in without its password', async () => {
    await using server = await startNats()
    await expect(publish(server.url, 'roster', 'guessed')).rejects.toThrow(/authorization/i)
  })

  it('takes a configuration that says who may connect instead', async () => {
    const config = 'accounts { desk { jetstream: enabled, users: [{ user: ada, password: secret }] } }'
    await using server = await startNats({ config })
    expect(new URL(server.url).username).toBe('')
    expect(await publish(server.url, 'ada', 'secret')).toBe(1)
  })

  it('says what the server printed when it cannot start', async () => {
    await expect(startNats({ config: 'max_payload: much' })).rejects.toThrow(/nats\.conf:4/)
  })
})
