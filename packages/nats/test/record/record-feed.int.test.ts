import { jetstreamManager } from '@nats-io/jetstream'
import type { Envelope } from '@roster/core'
import { describeWithServer } from '@roster/testing/servers'
import { expect, it, vi } from 'vitest'

import type { ToldRecord } from '../../src/index.ts'
import { ownServer } from '../kit/own-server.ts'

function record(position: number, stream = 'desk/agent/clerk'): ToldRecord {
  return { position, hash: `hash ${position}`, envelope: { tenant: 'desk', stream, version: position } as Envelope }
}

describeWithServer('nats', 'the public feed of records', () => {
  const server = ownServer()

  it('tells each record once and in order, whoever tells it, and knows where it stands', async () => {
    await using one = server.open({ name: 'one' })
    await using two = server.open({ name: 'two' })
    expect(await one.records.last()).toBeUndefined()
    const outside = await server.outside()
    const heard: { readonly subject: string; readonly position: number }[] = []
    outside.subscribe('roster.record.desk.>', {
      callback: (_, message) =>
        void heard.push({ subject: message.subject, position: message.json<ToldRecord>().position }),
    })
    await outside.flush()
    await one.records.tell([record(1), record(2), record(3, 'desk/task/01J')])
    await two.records.tell([record(2), record(3, 'desk/task/01J'), record(4, 'desk/agent/clerk/job/7')])
    expect(await one.records.last()).toBe(4)
    const manager = await jetstreamManager(outside)
    expect((await manager.streams.info('ROSTER_RECORD')).state.messages).toBe(4)
    await vi.waitFor(() => expect(heard).toHaveLength(6))
    expect(heard[0]).toEqual({ subject: 'roster.record.desk.agent.desk/agent/clerk', position: 1 })
    await outside.close()
  })

  it('that was lost begins anew', async () => {
    await using nats = server.open()
    await nats.records.tell([record(10)])
    const outside = await server.outside()
    await (await jetstreamManager(outside)).streams.delete('ROSTER_RECORD')
    await expect(nats.records.tell([record(11)])).rejects.toMatchObject({ code: 'bus-unavailable', retryable: true })
    expect(await nats.records.last()).toBeUndefined()
    await nats.records.tell([record(11)])
    expect(await nats.records.last()).toBe(11)
    await outside.close()
  })
})
