import { setImmediate } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { World } from '../kit/world.ts'

const partitionLeaseMs = 3000
const lease = { partitionLeaseMs, effectLeaseMs: partitionLeaseMs }

/** Lets time go on in steps, each long enough for what a host does by itself. */
async function pass(world: World, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += partitionLeaseMs / 6) {
    await world.advance(partitionLeaseMs / 6)
    await setImmediate()
  }
  await world.settle()
}

describe('a host with a share', () => {
  it('K3: gives up what is more, for another host to take', async () => {
    const world = new World()
    const { host: first } = await world.open(lease)
    const { host: second } = await world.open(lease)
    expect([first.partitions.owned, second.partitions.owned]).toEqual([32, 0])
    first.share = 16
    second.share = 16
    await pass(world, 2 * partitionLeaseMs)
    expect([first.partitions.owned, second.partitions.owned]).toEqual([16, 16])
  })

  it('K3: takes what a host has left that is gone, once its share is larger', async () => {
    const world = new World()
    const { host: first } = await world.open({ ...lease, mostPartitions: 16 })
    first.share = 16
    const second = await world.open({ ...lease, mostPartitions: 16 })
    await pass(world, partitionLeaseMs)
    expect([first.partitions.owned, second.host.partitions.owned]).toEqual([16, 16])
    world.bury(second)
    first.share = 32
    await pass(world, 2 * partitionLeaseMs)
    expect(first.partitions.owned).toBe(32)
  })

  it('goes on with work that moves from one host to the other', async () => {
    const world = new World()
    const { host: first } = await world.open(lease)
    await world.load()
    const tasks = []
    for (let index = 0; index < 6; index++) {
      tasks.push(await world.publish('brief', { amount: index }, `before ${index}`))
      if (index !== 2) continue
      const { host } = await world.open(lease)
      first.share = 16
      host.share = 16
    }
    await pass(world, 4 * partitionLeaseMs)
    for (const task of tasks) expect((await world.outcome(task)).status).toBe('done')
  })
})
