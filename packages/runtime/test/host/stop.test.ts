import { restep, streamName } from '@roster/core'
import { crashPoints, sha256 } from '@roster/testing'
import { describe, expect, it } from 'vitest'

import { StandingOrders } from '../../src/host/standing-orders.ts'
import { World } from '../kit/world.ts'

const tess = streamName.agent('acme', 'tess')
const team = streamName.team('acme')

async function order(world: World, to: string, type: 'stop' | 'resume'): Promise<void> {
  await world.order(to, `terms.${type}`, type === 'stop' ? { because: 'something is wrong' } : {})
  await world.settle()
}

describe('a colleague that is stopped', () => {
  it('starts no effect until it is resumed, and then goes on from where it was', async () => {
    const world = await World.begin()
    await order(world, tess, 'stop')
    const task = await world.publish('brief', { amount: 5 })
    await world.settle()
    expect(world.effects.keys('pay')).toEqual([])
    await world.advance(3_600_000)
    expect(world.effects.keys('pay')).toEqual([])
    await order(world, tess, 'resume')
    expect(world.effects.keys('pay')).toHaveLength(1)
    expect(await world.outcome(task)).toMatchObject({ status: 'done' })
  })

  it('does not keep others from theirs', async () => {
    const world = await World.begin()
    await order(world, tess, 'stop')
    await world.publish('brief', { amount: 5 })
    await world.settle()
    expect(world.effects.keys('lookup')).toHaveLength(1)
  })

  it('is on record with who, when and why, and its history can be stepped again', async () => {
    const world = await World.begin()
    await order(world, tess, 'stop')
    const [, stopped] = await world.records(tess)
    expect(stopped).toMatchObject({
      kind: 'noted',
      cause: { type: 'terms.stop', sender: 'client/eve' },
      decisions: [{ allowed: true, principal: 'person/eve', action: 'stop', resource: 'colleague/tess' }],
    })
    expect((await world.state(tess)).terms).toMatchObject({
      stopped: { by: 'client/eve', because: 'something is wrong' },
    })
    await order(world, tess, 'resume')
    expect((await world.state(tess)).terms).toBeUndefined()
    const definition = world.team.colleagues['tess']?.duty
    if (definition === undefined) throw new Error('there is no tess')
    const again = restep(world.team, tess, definition, await world.store.read(tess), sha256)
    expect(again).toMatchObject({ kind: 'same', steps: 3 })
  })

  it('stays stopped when its host dies and another takes over', async () => {
    const world = new World()
    const first = await world.open()
    await world.load()
    await order(world, tess, 'stop')
    const task = await world.publish('brief', { amount: 5 })
    await world.settle()
    await first.host.stop()
    world.bury(first)
    await world.open()
    await world.settle()
    expect(world.effects.keys('pay')).toEqual([])
    await order(world, tess, 'resume')
    expect(world.effects.keys('pay')).toHaveLength(1)
    expect(await world.outcome(task)).toMatchObject({ status: 'done' })
  })

  it('is not stopped by whom no policy lets', async () => {
    const world = await World.begin({ allows: ({ action }) => action !== 'stop' })
    await order(world, tess, 'stop')
    expect(await world.records(tess)).toMatchObject([{}, { kind: 'denied', decisions: [{ action: 'stop' }] }])
    await world.publish('brief', { amount: 5 })
    await world.settle()
    expect(world.effects.keys('pay')).toHaveLength(1)
  })
})

describe('a team that is stopped', () => {
  it('starts no effect of anybody, also after a restart, until it is resumed', async () => {
    const world = new World()
    const first = await world.open()
    await world.load()
    await order(world, team, 'stop')
    const tasks = await Promise.all([1, 2, 3].map((amount) => world.publish('brief', { amount })))
    await world.settle()
    await first.host.stop()
    world.bury(first)
    await world.open()
    await world.settle()
    expect(world.effects.calls).toEqual([])
    await order(world, team, 'resume')
    for (const task of tasks) expect(await world.outcome(task)).toMatchObject({ status: 'done' })
  })
})

describe('a stop that another host stores', () => {
  it('holds for effects here from the moment it is committed, and so does what it takes back', async () => {
    const world = new World()
    const reads: string[] = []
    const orders = new StandingOrders({
      owns: () => false,
      get: () => Promise.reject(new Error('it is not ours')),
      read: async (stream) => (reads.push(stream), await actors.read(stream)),
      version: async (stream) => (await world.store.head(stream))?.version ?? 0,
    })
    const { host } = await world.open()
    const { actors } = host
    await world.load()
    const job = streamName.job(tess, 'm1')
    expect(await orders.isStopped(job)).toBe(false)
    expect(await orders.isStopped(job)).toBe(false)
    // Read once each: nothing has changed since.
    expect(reads).toEqual([team, tess])
    await order(world, tess, 'stop')
    expect(await orders.isStopped(job)).toBe(true)
    await order(world, tess, 'resume')
    expect(await orders.isStopped(job)).toBe(false)
    await order(world, team, 'stop')
    expect(await orders.isStopped(job)).toBe(true)
    expect(await orders.isStopped(streamName.task('acme', 't1'))).toBe(true)
  })
})

describe('an effect that begins while a stop is being stored', () => {
  it('waits for what becomes of the stop: after its commit none begins', async () => {
    for (let after = 1; after <= 12; after += 1) {
      const world = new World()
      let committed = -1
      // Tells when the stop is in the store, whatever the host knows of it.
      const store = new Proxy(world.store, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name)
          if (typeof member !== 'function') return member
          if (name !== 'append') return member.bind(target) as unknown
          return async (requests: Parameters<typeof world.store.append>[0]) => {
            const answers = await world.store.append(requests)
            if (requests.some(({ record }) => record.kind === 'noted')) committed = world.effects.calls.length
            await Promise.resolve()
            return answers
          }
        },
      })
      await world.open({ store })
      await world.load()
      await world.publish('brief', { amount: 5 })
      for (let tick = 0; tick < after * 7; tick += 1) await Promise.resolve()
      await order(world, team, 'stop')
      expect(world.effects.calls).toHaveLength(committed)
    }
  })

  it('is lost with neither of them when the host dies at the stop', async () => {
    const world = new World()
    const first = await world.open()
    await world.load()
    await first.host.stop()
    world.bury(first)
    const dying = await world.open({ store: crashPoints(world.store, { 'after-append': 1 }) })
    await world.order(tess, 'terms.stop', {})
    await expect(world.settle()).rejects.toThrow('after-append')
    world.bury(dying)
    await world.open()
    await world.publish('brief', { amount: 5 })
    await world.settle()
    expect(world.effects.keys('pay')).toEqual([])
  })
})
