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
const late = { timeout: 20_000 }

describeWithServer('postgres', 'a team whose colleagues have credentials of their own', () => {
  it('ends every task once while all keys are rotated', { timeout: 60_000 }, async () => {
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
    expect([one, two].map((member) => member.health().facts['partitions'])).toEqual([16, 16])

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
})
