import type { Json } from '@roster/core'
import { describeWithServer } from '@roster/testing/servers'
import { expect, it, vi } from 'vitest'

import type { PublishedTask, TaskAnswer } from '../../src/index.ts'
import { ownServer } from '../kit/own-server.ts'

describeWithServer('nats', 'tasks on the bus', () => {
  const server = ownServer()

  /** Publishes texts as a client that knows nothing but the documented JSON, and gathers the answers. */
  async function client(name: string) {
    const connection = await server.outside()
    const answers: (TaskAnswer & { v: number })[] = []
    connection.subscribe(`roster.answer.desk.to.${name}.>`, {
      callback: (_, message) => void answers.push(message.json()),
    })
    await connection.flush()
    const publish = (playbook: string, value: Json | string): void =>
      connection.publish(
        `roster.task.desk.${playbook}.from.${name}`,
        typeof value === 'string' ? value : JSON.stringify(value),
      )
    return { answers, publish, [Symbol.asyncDispose]: () => connection.close() }
  }

  it('are handed over with what the subject proves, and their client is answered', async () => {
    await using nats = server.open()
    const taken: PublishedTask[] = []
    await nats.takeTasks('desk', async (task) => {
      taken.push(task)
      return { status: 'accepted', task: '01J' }
    })
    await using web = await client('web')
    web.publish('pay-invoice', { v: 1, key: 'invoice/4711', input: { total: '100.00' } })
    await vi.waitFor(() =>
      expect(web.answers).toEqual([{ v: 1, key: 'invoice/4711', status: 'accepted', task: '01J' }]),
    )
    const input = { total: '100.00' }
    expect(taken).toEqual([{ team: 'desk', playbook: 'pay-invoice', client: 'web', key: 'invoice/4711', input }])
  })

  it('that are malformed are refused with what is wrong, and never come again', async () => {
    await using nats = server.open()
    await nats.takeTasks('desk', async () => expect.unreachable())
    await using web = await client('ann')
    web.publish('pay', '{')
    web.publish('pay', { v: 1, key: 'k', more: 1, input: null })
    await vi.waitFor(() => expect(web.answers).toHaveLength(2))
    expect(web.answers.map(({ status, key }) => [status, key])).toEqual([
      ['refused', undefined],
      ['refused', 'k'],
    ])
    expect(web.answers[1]?.error).toMatchObject({ code: 'input-invalid' })
  })

  it('that cannot be stored now come again until they are', async () => {
    await using nats = server.open()
    let tries = 0
    await nats.takeTasks('desk', async () => {
      tries += 1
      if (tries === 1) throw new Error('the store is away')
      return { status: 'accepted', task: '1' }
    })
    await using web = await client('eve')
    web.publish('pay', { v: 1, key: 'k', input: null })
    await vi.waitFor(() => expect(web.answers.map(({ status }) => status)).toEqual(['accepted']), 10_000)
    expect(tries).toBe(2)
  })

  it('are waited for when the coordinator is away', async () => {
    await using first = server.open()
    await first.ensureStreams()
    await using web = await client('zoe')
    web.publish('pay', { v: 1, key: 'k', input: null })
    await using nats = server.open({ name: 'two' })
    await nats.takeTasks('desk', async () => ({ status: 'accepted', task: '2' }))
    await vi.waitFor(() => expect(web.answers).toHaveLength(1), 10_000)
  })
})
