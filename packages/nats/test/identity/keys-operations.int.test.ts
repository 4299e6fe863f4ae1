import { jetstreamManager } from '@nats-io/jetstream'
import { credsAuthenticator, type NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import { describeWithServer, startNats, type TestServer } from '@roster/testing/servers'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { keysOperations, type IssuedFile, type KeysOperations } from '../../src/identity/index.ts'
import { taskSubject } from '../../src/subject.ts'
import { isRefusal } from '../../src/identity/probe.ts'
import { authorityOf } from '../../src/identity/team-credentials.ts'
import { grants } from './desk.ts'
import { machineClock } from './trusting-server.ts'
import { authenticatorOf } from '../../src/identity/authenticator.ts'
import { newNkey } from '../../src/identity/nkey.ts'
import { replyPrefix } from '../../src/identity/grant.ts'

const shop = { name: 'web shop', team: 'desk', publish: ['pay-invoice'], seconds: 3600 }

describeWithServer('nats', 'the keys of a folder', () => {
  let folder: string
  let keys: KeysOperations
  let server: TestServer

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roster-keys-'))
    keys = keysOperations({ folder, clock: machineClock })
    await keys.init({ tenant: 'desk' })
    server = await startNats({ config: await keys.config(join(folder, 'nats-accounts')) })
  }, 60_000)

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  /** As any NATS client connects that is given the file. */
  async function connected({ file, inboxPrefix }: IssuedFile): Promise<NatsConnection> {
    const authenticator = credsAuthenticator(Buffer.from(file))
    return await connect({ servers: server.url, authenticator, inboxPrefix, reconnect: false })
  }

  it('give a client a file with which it publishes its tasks and gets its replies', async () => {
    const administrator = newNkey('user')
    const { jwt } = await authorityOf(folder, machineClock).issue(grants.administrator, administrator.publicKey)
    const admin = await connect({
      servers: server.url,
      authenticator: authenticatorOf(() => jwt, administrator),
      inboxPrefix: replyPrefix(grants.administrator),
    })
    await (await jetstreamManager(admin)).streams.add({ name: 'TASKS', subjects: ['roster.task.>'] })
    const client = await connected(await keys.issue(shop))
    const reply = await client.request(taskSubject('desk', 'pay-invoice', 'web shop'), '{}', { timeout: 2000 })
    expect(reply.json()).toMatchObject({ stream: 'TASKS', seq: 1 })
    await client.close()
    await admin.close()
  })

  it('give the same client the same key again', async () => {
    expect((await keys.issue(shop)).key).toBe((await keys.issue(shop)).key)
  })

  it('end a client at once, and give it another key when it comes back', async () => {
    const issued = await keys.issue(shop)
    const client = await connected(issued)
    const ended = client.closed()
    await keys.revoke([server.url], { name: 'web shop', client: true, because: 'it has left', graceMs: 0 })
    await ended
    const refusal: unknown = await connected(issued).catch((error: unknown) => error)
    expect(isRefusal(refusal)).toBe(true)
    await expect(keys.issue(shop)).rejects.toMatchObject({ code: 'denied' })
    await keys.reinstate({ name: 'web shop', client: true })
    const again = await keys.issue(shop)
    expect(again.key).not.toBe(issued.key)
    await (await connected(again)).close()
    expect((await keys.show()).revoked).toEqual([
      expect.objectContaining({ key: issued.key, name: 'web shop', because: 'it has left' }),
    ])
  })

  it('say what to do when nobody has that name, or the server is away, or believes another', async () => {
    const name = 'nobody'
    await expect(keys.revoke([server.url], { name, because: 'x' })).rejects.toMatchObject({ code: 'unknown-colleague' })
    await expect(keys.push(['nats://127.0.0.1:1'])).rejects.toMatchObject({ code: 'bus-unavailable' })
    const other = keysOperations({ folder: join(folder, 'other'), clock: machineClock })
    await other.init({ tenant: 'desk' })
    await expect(other.push([server.url])).rejects.toMatchObject({
      code: 'credential-refused',
      hint: expect.stringContaining('roster keys config') as string,
    })
  })
})
