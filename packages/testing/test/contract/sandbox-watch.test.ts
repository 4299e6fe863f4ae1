import { expect, it } from 'vitest'

import { watched } from '../../src/contract/sandbox-watch.ts'

it('sees a turn of the event loop that is too long', async () => {
  const [, { turnMs, waitMs }] = await watched(async () => {
    await new Promise(setImmediate)
    const until = process.threadCpuUsage().user + 90_000
    while (process.threadCpuUsage().user < until);
    await new Promise(setImmediate)
  })
  expect(turnMs).toBeGreaterThan(50)
  expect(waitMs).toBeGreaterThan(50)
})

it('sees a turn that waits without doing anything, by the clock', async () => {
  const [, { waitMs }] = await watched(async () => {
    await new Promise(setImmediate)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 90)
    await new Promise(setImmediate)
  })
  expect(waitMs).toBeGreaterThan(50)
})

it('sees memory that is taken', async () => {
  const [kept, { grownBytes }] = await watched(async () => await Promise.resolve(Buffer.alloc(64 * 1024 * 1024, 1)))
  expect(kept.length).toBe(64 * 1024 * 1024)
  expect(grownBytes).toBeGreaterThan(48 * 1024 * 1024)
})
