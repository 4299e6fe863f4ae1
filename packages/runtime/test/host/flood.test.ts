import { streamName, trusted, type Message } from '@roster/core'
import { describe, expect, it } from 'vitest'

import { World } from '../kit/world.ts'

const tess = streamName.agent('acme', 'tess')
const depth = 3

function work(number: number): Message {
  const task = streamName.task('acme', `t${number}`)
  const ids = { id: `m${number}`, correlationId: `t${number}`, causationId: `t${number}` }
  return { ...ids, type: 'work', kind: 'pay', sender: task, to: tess, at: 0, label: trusted, payload: { amount: 5 } }
}

describe('a mailbox that is flooded', () => {
  it('keeps what it has room for, and answers each of the others that it is full', async () => {
    const world = await World.begin({ host: { mailboxDepth: depth } })
    await world.send(tess, 'terms.stop', { because: 'so that work stays open' }, 'eve')
    await world.settle()
    // Each comes while the one before it is being refused.
    for (let number = 0; number < 12; number++) await world.insert(work(number))
    await world.settle()
    const records = (await world.records(tess)).filter(({ cause }) => cause.type === 'work')
    const [taken, ...refused] = records
    expect(taken).toMatchObject({ kind: 'stepped', sent: [{ type: 'job.start' }] })
    expect(refused.map(({ kind, sent }) => [kind, sent.map(({ type }) => type)])).toEqual(
      Array.from({ length: 12 - 1 - depth }, () => ['refused', ['reply']]),
    )
    expect(await world.store.mailboxes()).toMatchObject([{ stream: tess, messages: depth }])
    expect(world.seen.filter(({ kind }) => kind === 'mailbox-full')).toEqual([
      { kind: 'mailbox-full', stream: tess, depth },
    ])
  })
})
