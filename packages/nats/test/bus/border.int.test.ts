import { jetstreamManager } from '@nats-io/jetstream'
import { partitionOf, type NewPending } from '@roster/core'
import { mail } from '@roster/testing'
import { describeWithServer } from '@roster/testing/servers'
import { expect, it, vi } from 'vitest'

import { mailSubject } from '../../src/subject.ts'
import { encodeMail } from '../../src/wire/envelope.ts'
import { ownServer } from '../kit/own-server.ts'

const ada = 'acme/agent/ada'
const subject = mailSubject('acme/task/1', ada)

describeWithServer('nats', 'the border of the bus', () => {
  const server = ownServer()

  it('takes what nobody can read off the bus, says so, and goes on', async () => {
    await using nats = server.open()
    const heard: NewPending[] = []
    await nats.bus.subscribe(partitionOf(ada), ({ row, acknowledge }) => {
      heard.push(row)
      acknowledge()
    })
    const outside = await server.outside()
    const forged = encodeMail(mail('forged', { sender: 'acme/agent/eve' }))
    const malformed = ['', '{', 'null', '{"v":1}', JSON.stringify({ v: 9 }), '\u0000', forged]
    for (const text of malformed) outside.publish(subject, text)
    // From a colleague, by whoever may publish for tasks.
    const posing = encodeMail(mail('posing', { sender: 'acme/agent/bob' }))
    outside.publish(mailSubject('acme/agent/bob', ada).replace('.from.agent.', '.from.task.'), posing)
    await nats.bus.publish([{ row: mail('good'), resend: 0 }])
    await vi.waitFor(() => expect(heard.map(({ id }) => id)).toEqual(['good']), 10_000)
    await vi.waitFor(() =>
      expect(nats.seen.filter(({ kind }) => kind === 'bus-malformed')).toHaveLength(malformed.length + 1),
    )
    const manager = await jetstreamManager(outside)
    await vi.waitFor(async () => expect((await manager.streams.info('ROSTER_MAILBOX')).state.messages).toBe(0), 10_000)
    await outside.close()
  })

  it('has streams whose limits are said, and brings those of an earlier version up to date', async () => {
    await using nats = server.open({ streams: { storage: 'memory', mailboxBytes: 2_000_000 } })
    await nats.ensureStreams()
    const outside = await server.outside()
    const manager = await jetstreamManager(outside)
    const { config } = await manager.streams.info('ROSTER_MAILBOX')
    expect(config).toMatchObject({ max_bytes: 2_000_000, num_replicas: 1, retention: 'workqueue', discard: 'old' })
    expect(config.max_age).toBe(3_600_000_000_000)
    await outside.close()
  })

  it('goes on with streams and consumers that another version made with other limits', async () => {
    const heard: string[] = []
    const listen = async (acknowledgeWithinMs: number, mailboxBytes: number) => {
      const nats = server.open({ mail: { acknowledgeWithinMs }, streams: { storage: 'memory', mailboxBytes } })
      const subscription = await nats.bus.subscribe(partitionOf(ada), ({ row, acknowledge }) => {
        heard.push(row.id)
        acknowledge()
      })
      return { nats, subscription }
    }
    const before = await listen(10_000, 1_000_000)
    await before.subscription.close()
    await before.nats[Symbol.asyncDispose]()
    await using after = (await listen(20_000, 3_000_000)).nats
    await after.bus.publish([{ row: mail('after'), resend: 0 }])
    await vi.waitFor(() => expect(heard).toEqual(['after']), 10_000)
    const outside = await server.outside()
    const manager = await jetstreamManager(outside)
    const name = `partition-${partitionOf(ada)}`
    expect((await manager.consumers.info('ROSTER_MAILBOX', name)).config.ack_wait).toBe(20_000_000_000)
    expect((await after.inspectStreams()).map(({ differs }) => differs)).toEqual([[], [], []])
    expect((await server.open().inspectStreams())[0]?.differs).toEqual(['max_bytes'])
    await outside.close()
  })
})
