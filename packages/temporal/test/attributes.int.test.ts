import { describeWithServer, sharedServer, startTemporal } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { connectTemporal, inspectTemporal } from '../src/index.ts'

describeWithServer('temporal', 'the search attributes of tasks', () => {
  it('are added by whoever connects first, and lacking to whoever only looks', async () => {
    await using server = await startTemporal({ store: 'memory' })
    const address = server.url
    expect(await inspectTemporal({ address })).toHaveLength(8)
    expect(await inspectTemporal({ address })).toContain('RosterWaitingOn')
    await using _ = await connectTemporal({ address })
    await using again = await connectTemporal({ address })

    expect(await inspectTemporal({ address })).toEqual([])
    await again.prepare()
  })

  it('of another type are refused, with what to do', async () => {
    await using server = await startTemporal({ store: 'memory', searchAttributes: { RosterTeam: 'Int' } })

    await expect(connectTemporal({ address: server.url })).rejects.toMatchObject({
      code: 'coordinator-unprepared',
      path: 'RosterTeam',
      message: "RosterTeam of Temporal's namespace default is no Keyword",
      hint: expect.stringContaining('temporal operator search-attribute remove --namespace default --name RosterTeam'),
    })
  })

  it('are refused by a namespace that is not there', async () => {
    const { url: address } = await sharedServer('temporal')

    await expect(connectTemporal({ address, namespace: 'nowhere' })).rejects.toMatchObject({
      code: 'coordinator-unavailable',
      message: expect.stringContaining('nowhere'),
    })
  })
})
