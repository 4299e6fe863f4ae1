import { describeWithServer, freshDatabase, startNats } from '@roster/testing/servers'
import { expect, it, vi } from 'vitest'

import { diagnose, openCoordinator, openHost, settingsOf, type Told } from '../../src/distributed.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'
import { shop } from './shop.ts'

const flood = 150

/** Jobs that a colleague has open at once, unless told otherwise. */
const concurrency = 4

describeWithServer('postgres', 'a colleague who is slow', () => {
  it('slows nobody else, and what waits for them is seen', { timeout: 240_000 }, async () => {
    await using folder = await temporaryFolder()
    await using database = await freshDatabase()
    await using nats = await startNats()
    const given = { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, hosts: 2, leaseMs: 3000 }
    const settings = (name: string) => settingsOf({}, { ...given, name })
    const team = shop(folder.path, { stuck: (order) => order.startsWith('slow') })
    await using coordinator = await openCoordinator(team, settings('coordinator'))
    await using _one = await openHost(team, settings('one'))
    await using _two = await openHost(team, settings('two'))
    const buy = async (cashier: string, order: string): Promise<string> => {
      const publication = { playbook: `buy-${cashier}`, input: { order }, idempotencyKey: order, requester: 'shop' }
      return (await coordinator.publish(publication)).task
    }
    await Promise.all(Array.from({ length: flood }, (_, index) => buy('fay', `slow-${index}`)))
    const quick = await Promise.all(Array.from({ length: 20 }, (_, index) => buy('ada', `quick-${index}`)))
    const ended = await Promise.all(quick.map((task) => coordinator.settled(task, 30_000)))
    expect(ended.map(({ status }) => status)).toEqual(quick.map(() => 'done'))

    await vi.waitFor(async () => {
      const { store, bus } = await diagnose(team, settings('doctor'))
      expect(store).toMatchObject({ ok: true, waiting: flood - concurrency })
      expect(store).toMatchObject({ deepest: [{ stream: 'shop/agent/fay', messages: flood - concurrency }], full: [] })
      expect(store.ok ? store.oldestMs : 0).toBeGreaterThan(0)
      // The bus has handed everything over: what waits, waits in the store.
      expect(bus.ok ? bus.streams[0] : bus).toMatchObject({ name: 'ROSTER_MAILBOX', messages: 0 })
    }, 20_000)
    const everybody = await coordinator.who()
    const fay = everybody.find(({ name }) => name === 'fay')
    expect(fay).toMatchObject({ waiting: flood - concurrency })
    expect(fay?.oldestMs).toBeGreaterThan(0)
    expect(everybody.find(({ name }) => name === 'ada')).toMatchObject({ waiting: 0, oldestMs: 0 })
  })

  it('is not flooded: what has no room is refused, and told', { timeout: 240_000 }, async () => {
    await using folder = await temporaryFolder()
    await using database = await freshDatabase()
    await using nats = await startNats()
    const mailboxDepth = 20
    const places = { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, hosts: 2, leaseMs: 3000 }
    const settings = (name: string) => settingsOf({}, { ...places, mailboxDepth, name })
    const team = shop(folder.path, { stuck: (order) => order.startsWith('slow') })
    const told: Told[] = []
    const tell = (one: Told): void => void told.push(one)
    await using coordinator = await openCoordinator(team, settings('coordinator'))
    await using _one = await openHost(team, settings('one'), tell)
    await using _two = await openHost(team, settings('two'), tell)
    const wanted = mailboxDepth * 3
    for (let order = 0; order < wanted; order++) {
      const publication = { playbook: 'buy-fay', input: { order: `slow-${order}` }, idempotencyKey: `${order}` }
      await coordinator.publish({ ...publication, requester: 'shop' })
    }
    const room = mailboxDepth + concurrency
    await vi.waitFor(async () => {
      const ended = (await coordinator.tasks()).filter(({ endedAt }) => endedAt !== null)
      expect(ended).toHaveLength(wanted - room)
      expect(new Set(ended.map(({ error }) => error?.code))).toEqual(new Set(['mailbox-full']))
    }, 20_000)
    const { store } = await diagnose(team, settings('doctor'))
    expect(store).toMatchObject({ waiting: mailboxDepth, full: [{ stream: 'shop/agent/fay', messages: mailboxDepth }] })
    const full = told.filter(({ kind }) => kind === 'mailbox-full')
    expect(full).toContainEqual({ kind: 'mailbox-full', stream: 'shop/agent/fay', depth: mailboxDepth })
    process.stdout.write(`a flood: ${JSON.stringify({ wanted, room, refused: wanted - room, told: full.length })}\n`)
  })
})
