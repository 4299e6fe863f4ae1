import { streamName } from '@roster/core'
import { describe, expect, it } from 'vitest'

import { World } from '../kit/world.ts'

describe('a task', () => {
  it('ends done when everybody has done their part, and nothing is left pending', async () => {
    const world = await World.begin()
    const task = await world.publish('brief', { amount: 5 })
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({
      status: 'done',
      output: [{ amount: 5 }, { amount: 5, receipt: expect.any(String) }],
    })
    expect(await world.pending()).toEqual([])
  })

  it('is one task however often it is published under one key', async () => {
    const world = await World.begin()
    const task = await world.publish('brief', { amount: 5 }, 'k')
    await world.settle()
    expect(await world.publish('brief', { amount: 5 }, 'k')).toBe(task)
    await world.settle()
    expect(world.effects.keys('pay')).toHaveLength(1)
  })

  it('is told in its records: who, why, allowed by what, at which cost', async () => {
    const world = await World.begin()
    const task = await world.publish('brief', { amount: 5 })
    await world.settle()
    const [first] = await world.records(streamName.task('acme', task))
    expect(first).toMatchObject({
      who: { colleague: 'playbook', definition: 'brief@1.0.0' },
      cause: { type: 'task', kind: 'brief', sender: 'client/web' },
      decisions: [
        { allowed: true, principal: 'client/web', action: 'publish', resource: 'playbook/brief', policies: ['p1'] },
      ],
      label: { integrity: 'untrusted', sources: ['client/web'] },
      about: ['amount/{"amount":5}'],
    })
    const used = (await world.history()).map((record) => record.used.tokens)
    expect(used.reduce((one, other) => one + other, 0)).toBe(200)
  })

  it('has every one of its messages taken by a record of the same task', async () => {
    const world = await World.begin()
    const task = await world.publish('brief', { amount: 5 })
    await world.settle()
    const history = await world.history()
    const taken = new Set(history.map(({ cause }) => cause.id))
    const ofTask = history.filter(({ correlationId }) => correlationId === task)
    expect(ofTask.flatMap(({ sent }) => sent).filter(({ id }) => !taken.has(id))).toEqual([])
    expect(ofTask.length).toBeGreaterThan(12)
  })
})

describe('a task that cannot begin is refused with a record:', () => {
  it('its input does not fit, with the field', async () => {
    const world = await World.begin()
    const task = await world.publish('brief', { amount: 'much' })
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({
      status: 'refused',
      error: { code: 'input-invalid', path: '/amount' },
    })
  })

  it('the team has no playbook of this kind, also under a name that every object has', async () => {
    const world = await World.begin()
    for (const kind of ['gossip', 'constructor', '__proto__']) {
      const task = await world.publish(kind, null)
      await world.settle()
      expect(await world.outcome(task)).toMatchObject({
        status: 'refused',
        error: { code: 'unknown-task-kind', path: '/kind' },
      })
    }
  })

  it('the policy does not allow it, with the decision', async () => {
    const world = await World.begin({ allows: ({ action }) => action !== 'publish' })
    const task = await world.publish('brief', { amount: 5 })
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'refused', error: { code: 'denied' } })
    expect((await world.records(streamName.task('acme', task)))[0]).toMatchObject({
      kind: 'denied',
      decisions: [{ allowed: false }],
    })
    expect(world.effects.calls).toEqual([])
  })
})

describe('work that cannot begin is refused, and the asker goes on:', () => {
  it('the colleague does not accept this kind', async () => {
    const world = await World.begin()
    const task = await world.publish('idle', null)
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'done', output: [{ error: 'refused' }] })
  })

  it('the colleague may not be asked', async () => {
    const world = await World.begin({ allows: ({ action, resource }) => action !== 'send' || resource.name !== 'tess' })
    const task = await world.publish('brief', { amount: 5 })
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'done', output: [{ amount: 5 }, { error: 'denied' }] })
  })

  it('the effect is not allowed: it is never run, and the machine is told', async () => {
    const world = await World.begin({ allows: ({ action, resource }) => action !== 'use' || resource.name !== 'pay' })
    const task = await world.publish('brief', { amount: 5 })
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'done', output: [{ amount: 5 }, { error: 'denied' }] })
    expect(world.effects.keys('pay')).toEqual([])
  })

  it('the model asks for a tool that the team does not have, and is told', async () => {
    const world = await World.begin()
    world.effects.play('think', ({ input }) => {
      const { conversation } = input as unknown as { conversation: readonly { error?: { code: string } }[] }
      const told = conversation.at(-1)?.error
      return told === undefined
        ? { kind: 'calls', calls: [{ id: 'c', tool: 'constructor', input: {} }] }
        : { kind: 'answer', output: { amount: 1, told: told.code } }
    })
    const task = await world.publish('brief', { amount: 5 })
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'done', output: [{ told: 'unknown-tool' }, {}] })
  })
})

describe('a task that is withdrawn', () => {
  it('withdraws what it asked, ends its jobs and their effects, and frees its colleagues', async () => {
    const world = await World.begin()
    let reading: (() => void) | undefined
    world.effects.play('think', async ({ signal }) => {
      await new Promise<void>((resolve) => {
        reading = resolve
        signal.addEventListener('abort', () => resolve())
      })
      return { kind: 'answer', output: { amount: 1 } }
    })
    const task = await world.publish('brief', { amount: 5 })
    for (let turn = 0; turn < 50 && reading === undefined; turn++) await Promise.resolve()
    await world.cancel(task)
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } })
    const history = await world.history()
    const job = history.filter(({ stream }) => stream.includes('/job/'))
    expect(job.at(-1)).toMatchObject({ kind: 'ended', outcome: { status: 'cancelled' } })
    expect((await world.state('acme/agent/ada')).machine).toMatchObject({ value: 'available', context: { open: 0 } })
    expect(await world.pending()).toEqual([])
  })

  it('may be withdrawn before anything took it up', async () => {
    const world = await World.begin()
    const task = await world.publish('brief', { amount: 5 })
    await world.cancel(task)
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'cancelled' })
    expect(await world.pending()).toEqual([])
  })

  it('that nobody knows is an error', async () => {
    const world = await World.begin()
    await expect(world.cancel('none')).rejects.toMatchObject({ code: 'unknown-task' })
  })
})

describe('what comes from outside', () => {
  it('is nothing but JSON', async () => {
    const world = await World.begin()
    await expect(world.publish('brief', { amount: 2 ** 53 })).rejects.toMatchObject({
      code: 'not-json',
      path: '/input/amount',
    })
    await expect(world.publish('brief', JSON.parse('{"__proto__":1}') as never)).rejects.toMatchObject({
      code: 'not-json',
    })
    await expect(world.send('acme/agent/ada', 'note', ['\uD800'])).rejects.toMatchObject({
      code: 'not-json',
      path: '/payload/0',
    })
  })

  it('is no larger than a message may be', async () => {
    const world = await World.begin()
    await expect(world.publish('brief', { text: 'x'.repeat(70_000) })).rejects.toMatchObject({
      code: 'message-too-large',
    })
    await expect(world.publish('brief', { text: '€'.repeat(30_000) })).rejects.toMatchObject({
      code: 'message-too-large',
    })
  })
})
