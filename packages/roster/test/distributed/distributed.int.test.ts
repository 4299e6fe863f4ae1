import { connect } from '@nats-io/transport-node'
import { describeWithServer, freshDatabase, startNats } from '@roster/testing/servers'
import { expect, it, vi } from 'vitest'

import { connectOperations } from '../../src/client.ts'
import { openCoordinator, openHost, settingsOf, type Member } from '../../src/distributed.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'
import { cashiers, paid, shop } from './shop.ts'

describeWithServer('postgres', 'a team over PostgreSQL and NATS', () => {
  it('is put to work by two hosts, and every task ends once', { timeout: 240_000 }, async () => {
    await using folder = await temporaryFolder()
    await using database = await freshDatabase()
    await using nats = await startNats()
    const settings = (name: string) =>
      settingsOf(
        {},
        { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, name, hosts: 2, leaseMs: 3000 },
      )
    const team = shop(folder.path)
    await using coordinator = await openCoordinator(team, settings('coordinator'))
    await using one = await openHost(team, settings('one'))
    await using two = await openHost(team, settings('two'))
    const members: readonly Member[] = [one, two]
    // Whoever is there first gives up what is more than its part once it sees the other.
    await vi.waitFor(
      () => expect(members.map((member) => member.health().facts['partitions'])).toEqual([16, 16]),
      20_000,
    )

    const tasks = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        coordinator.publish({
          playbook: `buy-${cashiers[index % cashiers.length]}`,
          input: { order: `o-${index}` },
          idempotencyKey: `${index}`,
          requester: 'shop',
        }),
      ),
    )
    const ended = await Promise.all(tasks.map(({ task }) => coordinator.settled(task, 30_000)))
    expect(ended.map(({ status }) => status)).toEqual(tasks.map(() => 'done'))
    expect(paid(folder.path).size).toBe(60)
    expect([...paid(folder.path).values()].every((keys) => keys.size === 1)).toBe(true)
    expect(await coordinator.verify()).toMatchObject({ verified: true })
    const records = await coordinator.log({ limit: 10_000 })
    const hosts = new Set(records.map(({ envelope }) => envelope.where.host))
    expect(hosts).toEqual(new Set(['one', 'two']))

    await using beside = await connectOperations(folder.path)
    expect(await beside?.tasks()).toHaveLength(60)
    await vi.waitFor(() => expect(coordinator.health().status).toBe('ok'), 10_000)

    const { host, username, password } = new URL(nats.url)
    const client = await connect({ servers: host, user: username, pass: password })
    const answers: { status: string; key?: string; outcome?: unknown }[] = []
    client.subscribe('roster.answer.shop.to.web.>', { callback: (_, message) => void answers.push(message.json()) })
    const text = JSON.stringify({ v: 1, key: 'order-1', input: { order: 'from-the-bus' } })
    client.publish('roster.task.shop.buy-ada.from.web', text)
    await vi.waitFor(() => expect(answers.map(({ status }) => status)).toEqual(['accepted', 'done']), 10_000)
    client.publish('roster.task.shop.buy-ada.from.web', text)
    await vi.waitFor(() => expect(answers[2]).toMatchObject({ status: 'done', key: 'order-1' }), 10_000)
    expect(paid(folder.path).get('from-the-bus')?.size).toBe(1)
    await client.close()
  })

  it('shares it with a host that joins, and takes it back when that leaves', { timeout: 240_000 }, async () => {
    await using folder = await temporaryFolder()
    await using database = await freshDatabase()
    await using nats = await startNats()
    const given = { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, leaseMs: 1000 }
    const team = shop(folder.path)
    await using coordinator = await openCoordinator(team, settingsOf({}, { ...given, name: 'coordinator' }))
    await using one = await openHost(team, settingsOf({}, { ...given, name: 'one' }))
    const owned = (member: Member) => member.health().facts['partitions']
    expect(owned(one)).toBe(32)
    const two = await openHost(team, settingsOf({}, { ...given, name: 'two' }))
    const work = Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const playbook = `buy-${cashiers[index % cashiers.length]}`
        const publication = { playbook, input: { order: `${index}` }, idempotencyKey: `${index}`, requester: 'shop' }
        return await coordinator.settled((await coordinator.publish(publication)).task, 30_000)
      }),
    )
    await vi.waitFor(() => expect([owned(one), owned(two)]).toEqual([16, 16]), 10_000)
    await two[Symbol.asyncDispose]()
    await vi.waitFor(() => expect(owned(one)).toBe(32), 10_000)
    expect((await work).map(({ status }) => status)).toEqual(Array.from({ length: 60 }, () => 'done'))
    expect([...paid(folder.path).values()].filter((keys) => keys.size !== 1)).toEqual([])
  })
})
