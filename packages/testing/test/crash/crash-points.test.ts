import { memoryStore, type MemoryStore } from '@roster/runtime'
import { describe, expect, it } from 'vitest'
import { allCrashPoints, appendRequest, Crash, crashPoints, fixedClock, isCrash } from '../../src/index.ts'

const request = appendRequest()
const newStore = (): MemoryStore => memoryStore({ tenant: 'acme', clock: fixedClock() })

describe('crash points', () => {
  it('crash before the call reaches the store', async () => {
    const store = newStore()
    await expect(crashPoints(store, { 'before-append': 1 }).append([request])).rejects.toThrow(
      new Crash('before-append'),
    )
    expect(await store.readAll(0)).toEqual([])
  })

  it('crash after the commit, when the answer is lost', async () => {
    const store = newStore()
    await expect(crashPoints(store, { 'after-append': 1 }).append([request])).rejects.toThrow(new Crash('after-append'))
    expect(await store.readAll(0)).toHaveLength(1)
  })

  it('crash at the call that was ordered, and pass those before it', async () => {
    const store = newStore()
    const dying = crashPoints(store, { 'before-append': 2 })
    expect(await dying.append([request])).toEqual([{ kind: 'appended', version: 1, position: 1 }])
    await expect(dying.append([appendRequest({ after: request.record })])).rejects.toSatisfy(isCrash)
    expect(await store.readAll(0)).toHaveLength(1)
  })

  it('let a dead process call nothing, not even to read', async () => {
    const dying = crashPoints(newStore(), { 'after-append': 1 })
    await expect(dying.append([request])).rejects.toThrow(Crash)
    await expect(dying.readAll(0)).rejects.toThrow(Crash)
    await expect(dying.claim('host-1', 1000)).rejects.toThrow(Crash)
  })

  it('give no answer to a call that was under way when the process died', async () => {
    const store = newStore()
    const dying = crashPoints(store, { 'after-append': 1 })
    const answers = await Promise.allSettled([dying.append([request]), dying.readAll(0)])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('leave the store to whoever restarts', async () => {
    const store = newStore()
    await expect(
      crashPoints(store, { 'after-accept': 1 }).accept({ client: 'c', key: 'k', answer: '1', pending: [] }),
    ).rejects.toThrow(Crash)
    const restarted = crashPoints(store, {})
    expect(await restarted.accept({ client: 'c', key: 'k', answer: '2', pending: [] })).toEqual({
      kind: 'duplicate',
      answer: '1',
    })
  })

  it('are named for every call that writes', () => {
    expect(allCrashPoints).toContain('before-lease-effects')
    expect(allCrashPoints).toHaveLength(30)
  })

  it('pass everything through when nothing is ordered', async () => {
    const store = newStore()
    const whole = crashPoints(store, {})
    expect(whole.tenant).toBe('acme')
    await whole.append([request])
    expect(await whole.read(request.stream)).toEqual(await store.read(request.stream))
  })
})
