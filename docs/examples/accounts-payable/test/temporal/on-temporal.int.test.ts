import { describeWithServer, sharedServer, startNats } from '@roster/testing/servers'
import { openTeam, type OpenOptions } from 'roster/client'
import { openCoordinator, openHost, settingsOf } from 'roster/distributed'
import { beforeAll, expect, it } from 'vitest'
import desk from '../../src/team.ts'
import { atTheDesk, type Open, type Place } from './at-the-desk.ts'
import type { Story } from './stories.ts'

const workflows = new URL('../../src/workflows.ts', import.meta.url)
const inert = [new URL('../../src/model.ts', import.meta.url)]

/** In one process, with or without Temporal. */
async function inOneProcess(place: Place, options: Pick<OpenOptions, 'temporal'> = {}): Promise<Open> {
  const opened = await openTeam(desk, { ...place, by: 'test', ...options })
  return { operations: opened, idle: () => opened.idle(), [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
}

/** A coordinator with Temporal, and a host, over NATS. */
async function overServers(place: Place, temporalAddress: string): Promise<Open> {
  await using opening = new AsyncDisposableStack()
  const nats = opening.use(await startNats())
  const settings = (name: string) =>
    settingsOf({}, { ...place, natsUrl: nats.url, temporalAddress, name, hosts: 1, leaseMs: 3000 })
  const coordinator = opening.use(await openCoordinator(desk, settings('coordinator'), { by: 'test' }))
  opening.use(await openHost(desk, settings('host')))
  expect(coordinator.health().facts).toMatchObject({ tasks: 'temporal' })
  const open = opening.move()
  return {
    operations: coordinator,
    idle: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  }
}

describeWithServer('temporal', 'the desk', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    let embedded: Readonly<Record<string, Story>> = {}
    beforeAll(async () => {
      embedded = await atTheDesk(inOneProcess)
    }, 60_000)

    it(
      'leaves the same records on Temporal as in one process, but for ids and times',
      { timeout: 180_000 },
      async () => {
        const { url: address } = await sharedServer('temporal')
        const temporal = { address, workflows, inert, taskQueue: `desk/${process.pid}` }
        const onTemporal = await atTheDesk((place) => inOneProcess(place, { temporal }))

        expect(Object.keys(onTemporal)).toHaveLength(18)
        expect(onTemporal).toEqual(embedded)
      },
    )

    it(
      'leaves the same records over NATS and Temporal, with a host beside the coordinator',
      { timeout: 240_000 },
      async () => {
        const { url: address } = await sharedServer('temporal')
        const overAll = await atTheDesk((place) => overServers(place, address))

        expect(Object.keys(overAll)).toHaveLength(18)
        expect(overAll).toEqual(embedded)
      },
    )
  })
})
