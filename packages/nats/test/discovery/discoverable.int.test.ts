import { describeWithServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { ownServer } from '../kit/own-server.ts'

describeWithServer('nats', 'service discovery', () => {
  const server = ownServer()

  it('is answered once by each host, whatever it hosts', async () => {
    await using one = server.open({ name: 'host-1' })
    await using two = server.open({ name: 'host-2' })
    const service = {
      name: 'roster-host',
      version: '1.0.0',
      description: 'hosts colleagues',
      metadata: () => ({ team: 'desk' }),
    }
    for (const nats of [one, two]) await nats.discoverable('host', service, '2026-11-21T00:00:00.000Z')
    const outside = await server.outside()
    for (const [subject, type] of [
      ['$SRV.PING', 'ping'],
      ['$SRV.INFO.roster-host', 'info'],
      ['$SRV.STATS.roster-host', 'stats'],
    ] as const) {
      const answers = []
      for await (const message of await outside.requestMany(subject, '', {
        strategy: 'count',
        maxMessages: 2,
        maxWait: 5000,
      }))
        answers.push(message.json<{ id: string; type: string }>())
      expect(answers.map(({ id }) => id).toSorted()).toEqual(['host-1', 'host-2'])
      expect(answers[0]).toMatchObject({ type: `io.nats.micro.v1.${type}_response`, metadata: { team: 'desk' } })
    }
    const alone = await outside.request('$SRV.PING.roster-host.host-2', '', { timeout: 2000 })
    expect(alone.json()).toMatchObject({ id: 'host-2' })
    await outside.close()
  })

  it('tells each host who else is there', async () => {
    await using one = server.open({ name: 'host-1' })
    await using two = server.open({ name: 'host-2' })
    const service = { name: 'roster-host', version: '1.0.0', description: '', metadata: () => ({ team: 'desk' }) }
    const subscriptions = []
    for (const nats of [one, two])
      subscriptions.push(await nats.discoverable('host', service, '2026-11-21T00:00:00.000Z'))
    const ids = async () => (await one.hosts()).map(({ id }) => id).toSorted()
    expect(await ids()).toEqual(['host-1', 'host-2'])
    await subscriptions[1]?.close()
    expect(await ids()).toEqual(['host-1'])
  })
})
