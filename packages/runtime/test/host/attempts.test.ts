import { memoryStore } from '@roster/runtime'
import { fixedClock, newMessage } from '@roster/testing'
import { beforeEach, describe, expect, it } from 'vitest'

import { Attempts } from '../../src/host/attempts.ts'

const row = newMessage('m1')
const store = memoryStore({ tenant: 'acme', clock: fixedClock() })
let attempts: Attempts

async function counted(): Promise<number | undefined> {
  return (await store.pendingOf(row.stream))[0]?.attempts
}

describe('attempts', () => {
  beforeEach(async () => {
    attempts = new Attempts(store)
    await store.accept({ client: 'ada', key: 'once', answer: '{}', pending: [row] })
    const before = (await counted()) ?? 0
    for (let index = 0; index < before; index++) await store.returnAttempts([row.id])
  })

  it('are counted in the store before the step', async () => {
    expect(await attempts.count(row)).toBe(1)
    expect(await attempts.count(row)).toBe(2)
    expect(await counted()).toBe(2)
  })

  it('T1: the first at a row of our own is not written', async () => {
    attempts.handOver([row])
    expect(await attempts.count(row)).toBe(1)
    expect(await counted()).toBe(0)
  })

  it('T1: from the second on, a row of our own is counted like any other', async () => {
    attempts.handOver([row])
    await attempts.count(row)
    expect(await attempts.count(row)).toBe(2)
    expect(await attempts.count(row)).toBe(3)
    expect(await counted()).toBe(2)
  })

  it('T1: the same row, read from the store by whoever comes after us, is counted', async () => {
    attempts.handOver([row])
    await attempts.count(row)
    const [read] = await store.pendingOf(row.stream)
    expect(await new Attempts(store).count(read ?? row)).toBe(1)
    expect(await counted()).toBe(1)
  })

  it('are given back, whether they were written or not', async () => {
    attempts.handOver([row])
    await attempts.giveBack(row, (await attempts.count(row)) ?? 0)
    expect(await attempts.count(row)).toBe(1)
    await attempts.giveBack(row, 1)
    expect(await counted()).toBe(0)
  })

  it('of a row that is gone have no number', async () => {
    expect(await attempts.count(newMessage('gone'))).toBeUndefined()
  })
})
