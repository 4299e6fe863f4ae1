import { join } from 'node:path'

import { describeWithServer, freshDatabase, startNats } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { openCoordinator, openHost, settingsOf, type Told } from '../../src/distributed.ts'
import { keysOperations } from '../../src/keys.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'
import { cashiers, paid, shop } from './shop.ts'

// oxlint-disable-next-line roster/no-ambient -- the server compares credentials with the clock of the machine
const clock = { now: () => Date.now() }

/** How long a task may wait for what is sent again, in milliseconds. */
const late = { timeout: 60_000 }

describeWithServer('postgres', 'a team whose colleagues have credentials of their own', () => {
  it('ends every task once while all keys are rotated', { timeout: 240_000 }, async () => {
    await using folder = await temporaryFolder()
    await using database = await freshDatabase()
    const keys = keysOperations({ folder: folder.path, clock })
    await keys.init({ tenant: 'shop' })
    await using nats = await startNats({ config: await keys.config(join(folder.path, 'nats-accounts')) })
    const places = { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, hosts: 2, leaseMs: 3000 }
    const told: Told[] = []
    const tell = (one: Told): void => void told.push(one)
    const team = shop(folder.path)
    await using coordinator = await openCoordinator(team, settingsOf({}, { ...places, name: 'coordinator' }), {}, tell)
    await using one = await openHost(team, settingsOf({}, { ...places, name: 'one' }), tell)
    await using two = await openHost(team, settingsOf({}, { ...places, name: 'two' }), tell)
    // Whoever is there first gives up what is more than its part once it sees the other.
    const owned = (): readonly unknown[] => [one, two].map((member) => member.health().facts['partitions'])
    await expect.poll(owned, late).toEqual([16, 16])

    let rotating = true
    const tasks: string[] = []
    const lane = async (playbook: string): Promise<void> => {
      while (rotating || tasks.length < 60) {
        const index = tasks.push('')
        const publication = { playbook, input: { order: `o-${index}` }, idempotencyKey: `${index}`, requester: 'shop' }
        const { task } = await coordinator.publish(publication)
        tasks[index - 1] = task
        // The hosts learn of it by the bus alone, or by what is sent again.
        await expect.poll(async () => (await coordinator.tasks({})).some((seen) => seen.task === task), late).toBe(true)
        await coordinator.settled(task, 30_000)
      }
    }
    const lanes = cashiers.map((cashier) => lane(`buy-${cashier}`))
    // Everybody has been on the bus before the keys change.
    await expect.poll(() => paid(folder.path).size, late).toBeGreaterThanOrEqual(30)
    const rotation = keys.rotate([nats.url], { because: 'a drill', graceMs: 1500 })
    void rotation.finally(() => (rotating = false))
    await Promise.all(lanes)
    expect(await rotation).toHaveLength(5)
    const ended = await Promise.all(tasks.map((task) => coordinator.settled(task, 30_000)))
    expect(ended.map(({ status }) => status)).toEqual(tasks.map(() => 'done'))
    expect(paid(folder.path).size).toBe(tasks.length)
    expect([...paid(folder.path).values()].every((calls) => calls.size === 1)).toBe(true)

    const names = new Set(told.flatMap((seen) => (seen.kind === 'bus-connected' ? [seen.as] : [])))
    expect([...names]).toEqual(expect.arrayContaining(['shop/ada', 'host one', 'host two', 'coordinator coordinator']))
    const renewed = told.filter(({ kind }) => kind === 'renewed').length
    const lost = told.filter(({ kind }) => kind === 'bus-disconnected').length
    process.stdout.write(`rotated at work: ${JSON.stringify({ tasks: tasks.length, renewed, lost })}\n`)
    expect(renewed).toBeGreaterThan(8)
    expect(lost).toBeGreaterThan(5)
  })

  it(
    'loses one that is revoked at work within a second, and whoever asked it is told',
    { timeout: 240_000 },
    async () => {
      await using folder = await temporaryFolder()
      await using database = await freshDatabase()
      const keys = keysOperations({ folder: folder.path, clock })
      await keys.init({ tenant: 'shop' })
      await using nats = await startNats({ config: await keys.config(join(folder.path, 'nats-accounts')) })
      const places = { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, hosts: 2, leaseMs: 1500 }
      const told: { readonly at: number; readonly one: Told }[] = []
      const tell = (one: Told): void => void told.push({ at: performance.now(), one })
      const team = shop(folder.path, { stuck: (order) => order.startsWith('stuck') })
      await using coordinator = await openCoordinator(team, settingsOf({}, { ...places, name: 'coordinator' }))
      await using _one = await openHost(team, settingsOf({}, { ...places, name: 'one' }), tell)
      await using _two = await openHost(team, settingsOf({}, { ...places, name: 'two' }), tell)
      const buy = async (cashier: string, order: string): Promise<string> => {
        const publication = { playbook: `buy-${cashier}`, input: { order }, idempotencyKey: order, requester: 'shop' }
        return (await coordinator.publish(publication)).task
      }
      // Four jobs of hers are open, three more wait, and she has answered somebody over the bus.
      await coordinator.settled(await buy('ada', 'first'), 20_000)
      const hers = await Promise.all(Array.from({ length: 7 }, (_, index) => buy('ada', `stuck-${index}`)))
      await expect
        .poll(async () => (await coordinator.who()).find(({ name }) => name === 'ada'), late)
        .toMatchObject({ open: Array.from({ length: 4 }, () => ({ kind: 'pay' })), waiting: 3 })
      const others = await Promise.all(Array.from({ length: 20 }, (_, index) => buy('bob', `bob-${index}`)))

      const since = performance.now()
      const [off, revoked] = await Promise.all([
        keys.revoke([nats.url], { name: 'ada', because: 'a theft', graceMs: 1000 }),
        coordinator.revoke({ who: 'ada', by: 'owner', because: 'a theft' }),
      ])
      const lost = told.find(({ at, one }) => at > since && one.kind === 'bus-disconnected' && one.as === 'shop/ada')
      expect(off.rotated.map(({ role }) => role)).toEqual(['colleague'])
      expect(revoked.jobs).toHaveLength(4)
      const ended = await Promise.all(hers.map((task) => coordinator.settled(task, 20_000)))
      const toldAfterMs = Math.round(performance.now() - since)
      expect(ended.map(({ status, error }) => [status, error?.code])).toEqual(hers.map(() => ['failed', 'revoked']))
      const done = await Promise.all(others.map((task) => coordinator.settled(task, 20_000)))
      expect(done.map(({ status }) => status)).toEqual(others.map(() => 'done'))
      const offAfterMs = Math.round((lost?.at ?? Infinity) - since)
      process.stdout.write(
        `revoked at work: ${JSON.stringify({ offAfterMs, jobs: 4, asked: hers.length, toldAfterMs })}\n`,
      )
      expect(offAfterMs).toBeLessThan(1000)
      expect([...paid(folder.path).keys()].filter((order) => order.startsWith('stuck'))).toEqual([])

      // Nothing is appended in her name, whoever tries; she can come back with another key.
      const acts = (await coordinator.log({ stream: 'shop/agent/ada' })).map(({ envelope }) => envelope.who.colleague)
      expect(acts.slice(acts.indexOf('system'))).toEqual(acts.slice(acts.indexOf('system')).map(() => 'system'))
      await keys.reinstate({ name: 'ada' })
      await coordinator.reinstate({ who: 'ada', by: 'owner' })
      expect(await coordinator.settled(await buy('ada', 'again'), 20_000)).toMatchObject({ status: 'done' })
      expect(await coordinator.verify()).toMatchObject({ verified: true, problems: [] })
    },
  )
})
