import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import { RosterError } from '@roster/core'
import { describeWithServer } from '@roster/testing/servers'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Principal } from '../../src/credentials.ts'
import { BusCredentials } from '../../src/identity/bus-credentials.ts'
import { colleagueGrant, partGrant, type Grant } from '../../src/identity/grant.ts'
import { memoryHolderKeys } from '../../src/identity/holder-keys.ts'
import type { CredentialObservation } from '../../src/identity/renewal.ts'
import { revoke } from '../../src/identity/revoke.ts'
import { rotate, type RotationPorts } from '../../src/identity/rotate.ts'
import { desk, policy } from './desk.ts'
import { traffic } from './traffic.ts'
import { machineClock, startTrustingServer, type TrustingServer } from './trusting-server.ts'

const reader = { role: 'colleague', team: 'desk', name: 'reader' } as const
const writer = { role: 'colleague', team: 'desk', name: 'writer' } as const

function grantOf(principal: Principal): Grant {
  if (principal.role === 'colleague') return colleagueGrant(desk, principal.name, policy)
  if (principal.role === 'client') throw new RosterError('denied', 'no clients here')
  return partGrant(principal.role, principal.name)
}

describeWithServer('nats', 'a credential in use', () => {
  let server: TrustingServer
  let credentials: BusCredentials
  let observed: CredentialObservation[]
  let ports: RotationPorts
  const keys = memoryHolderKeys()

  beforeEach(async () => {
    server = await startTrustingServer()
    observed = []
    ports = { authority: server.authority, clock: machineClock, servers: server.servers, pause: (ms) => setTimeout(ms) }
  }, 60_000)

  afterEach(async () => {
    await credentials?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  function open(lifeSeconds = 3600): void {
    credentials = new BusCredentials({
      servers: server.servers,
      issuer: server.authority,
      keys,
      grantOf,
      clock: machineClock,
      lifeSeconds,
      everyMs: 100,
      observe: (observation) => void observed.push(observation),
    })
  }

  it('outlives its hour: it is renewed and proven before it expires, and nothing is lost', async () => {
    open(2)
    const running = await traffic(credentials, reader)
    await expect.poll(() => running.reconnected(), { timeout: 60_000 }).toBeGreaterThanOrEqual(3)
    const counts = await running.stop()
    say('renewed under load', counts)
    expect(counts.stored).toBe(counts.sent)
    expect(counts.sent).toBeGreaterThan(100)
    expect(observed.filter(({ kind }) => kind === 'renewed').length).toBeGreaterThan(3)
    expect(observed.filter(({ kind }) => kind === 'renewal-failed')).toEqual([])
  })

  it('is replaced when all keys are rotated, and nothing is lost', async () => {
    open()
    const running = await traffic(credentials, reader)
    const before = await server.authority.home.read()
    const rotated = await rotate(ports, { because: 'a drill', graceMs: 1000 })
    expect(rotated).toHaveLength(5)
    await expect.poll(() => running.reconnected(), { timeout: 60_000 }).toBeGreaterThanOrEqual(1)
    await setTimeout(300)
    const counts = await running.stop()
    say('rotated under load', counts)
    expect(counts.stored).toBe(counts.sent)
    expect(counts.sent).toBeGreaterThan(100)
    const after = await server.authority.home.read()
    expect(after.retired.map(({ key }) => key)).toEqual(
      expect.arrayContaining(Object.values(before.roles).map(([entry]) => entry?.key)),
    )
    expect(observed.filter(({ kind }) => kind === 'renewal-failed')).toEqual([])
  })

  it('is not adopted when the bus refuses it: the one before stays, and the report names what mends it', async () => {
    open()
    const running = await traffic(credentials, reader)
    const identity = await server.authority.home.read()
    const [first] = identity.roles.colleague
    const stranger = await server.authority.newRoleKey('colleague')
    const colleague = first === undefined ? [] : [stranger, first]
    // The keys of the folder are ahead of what the server knows.
    await server.authority.home.write({
      ...identity,
      revision: identity.revision + 1,
      roles: { ...identity.roles, colleague },
    })
    await expect
      .poll(() => observed, { timeout: 60_000 })
      .toContainEqual(
        expect.objectContaining({
          kind: 'renewal-failed',
          name: 'desk/agent/reader',
          failure: expect.objectContaining({
            code: 'credential-refused',
            hint: expect.stringContaining('roster keys push') as string,
          }) as object,
        }),
      )
    await running.connection.reconnect()
    const counts = await running.stop()
    expect(counts.stored).toBe(counts.sent)
  })

  it('of a revoked colleague is off the bus within a second and does not come back, while the others go on', async () => {
    open()
    const running = await traffic(credentials, reader)
    const revoked = await connect(await credentials.connectionFor(writer))
    const disconnected = nextStatus(revoked, 'disconnect')
    const key = (await keys.of('desk/agent/writer')).publicKey
    const started = performance.now()
    let off = 0
    await revoke(
      ports,
      { role: 'colleague', name: 'writer', key, because: 'its laptop was stolen', graceMs: 1000 },
      () => (off = performance.now() - started),
    )
    const gone = (await disconnected) - started
    say('ms until off the bus, and until that is known', { gone: Math.round(gone), off: Math.round(off) })
    expect(gone).toBeLessThan(1000)
    expect(off).toBeLessThan(1000)
    await expect(
      credentials.connectionFor(writer).then((options) => connect({ ...options, reconnect: false })),
    ).rejects.toThrow()
    await expect(server.authority.issue(grantOf(writer), key)).rejects.toMatchObject({
      code: 'denied',
      hint: expect.stringContaining('roster credentials reinstate') as string,
    })
    const counts = await running.stop()
    say('revoked beside load', counts)
    expect(counts.stored).toBe(counts.sent)
    expect(revoked.isClosed()).toBe(false)
    await revoked.close()
  })

  it('survives a server that starts again with the keys of its first day', async () => {
    open()
    // A server takes the account that was issued later, by the second.
    await setTimeout(1000)
    await rotate(ports, { because: 'a drill', graceMs: 0 })
    await server.server.restart()
    const connection = await connect(await credentials.connectionFor({ role: 'administrator', name: 'test' }))
    await expect((await jetstreamManager(connection)).getAccountInfo()).resolves.toMatchObject({ streams: 0 })
    await connection.close()
  })
})

/** When a connection next has a status, by the clock of measurements. */
async function nextStatus(connection: NatsConnection, type: string): Promise<number> {
  for await (const status of connection.status()) if (status.type === type) return performance.now()
  return Infinity
}

/** Shows what a test counted: a run in which nothing happened is seen. */
function say(what: string, counts: object): void {
  process.stdout.write(`${what}: ${JSON.stringify(counts)}\n`)
}
