import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { Policy, Team } from '@roster/core'
import { busContract, type OpenedBus } from '@roster/testing'
import { describeWithServer, startNats, type TestServer } from '@roster/testing/servers'
import { afterAll, beforeAll, expect, it } from 'vitest'

import type { BusCredentials } from '../../src/identity/bus-credentials.ts'
import { serverConfig } from '../../src/identity/server-config.ts'
import { authorityOf, teamCredentials } from '../../src/identity/team-credentials.ts'
import { openNats, type BusObservation } from '../../src/index.ts'
import { desk } from './desk.ts'
import { machineClock } from './trusting-server.ts'

/** The team of the contract: two agents that may say everything to each other. */
const { reader, writer } = desk.colleagues
const acme = {
  name: 'acme',
  colleagues: { ada: { ...reader, name: 'ada' }, bob: { ...writer, name: 'bob' } },
} as unknown as Team
const anything: Policy = {
  digest: 'test',
  decide: () => ({ allowed: true, policies: [], policySet: 'test', reason: '' }),
}

describeWithServer('nats', 'the bus of a team whose colleagues have credentials of their own', () => {
  let server: TestServer
  let credentials: BusCredentials
  let folder: string
  const seen: BusObservation[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roster-identity-'))
    const authority = authorityOf(folder, machineClock)
    await authority.init({ tenant: 'acme' })
    server = await startNats({ config: serverConfig(await authority.trust(), join(folder, 'accounts')) })
    const servers = [server.url]
    credentials = await teamCredentials({ team: acme, policy: anything, folder, servers, clock: machineClock })
  }, 60_000)

  afterAll(async () => {
    await credentials?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  async function open(): Promise<OpenedBus> {
    await deleteStreams()
    const openOne = (name: string) =>
      openNats({
        credentials,
        name,
        streams: { storage: 'memory' },
        mail: { acknowledgeWithinMs: 300 },
        observe: (observation) => void seen.push(observation),
      })
    const opened = [openOne('one')]
    return {
      bus: opened[0]?.bus ?? expect.unreachable(),
      async another() {
        const other = openOne(`other ${opened.length}`)
        opened.push(other)
        return other.bus
      },
      async [Symbol.asyncDispose]() {
        for (const one of opened) await one[Symbol.asyncDispose]()
      },
    }
  }

  async function deleteStreams(): Promise<void> {
    const connection = await connect(await credentials.connectionFor({ role: 'administrator', name: 'cleaner' }))
    const manager = await jetstreamManager(connection)
    for await (const { config } of manager.streams.list()) await manager.streams.delete(config.name)
    await connection.close()
  }

  busContract('JetStream with credentials', open, { capabilities: { keeps: true, repeats: true, processes: true } })

  it('connects colleagues, host and coordinator each under its own name', () => {
    const names = seen.flatMap((observation) => (observation.kind === 'bus-connected' ? [observation.as] : []))
    expect([...new Set(names)]).toEqual(expect.arrayContaining(['acme/ada', 'host one', 'coordinator one']))
  })

  it('gives no credential to whoever is not on the roster', async () => {
    for (const principal of [
      { role: 'colleague', team: 'acme', name: 'eve' },
      { role: 'colleague', team: 'other', name: 'ada' },
      { role: 'client', name: 'web' },
    ] as const)
      await expect(credentials.connectionFor(principal)).rejects.toMatchObject({ code: 'denied' })
  })
})
