import { RosterError, type AppendResult, type StoredRecord } from '@roster/core'
import { appendRequest } from '@roster/testing'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/append/append-arguments.ts'
import { encodedTexts } from '../../src/append/encoded.ts'
import { retried } from '../../src/append/retried.ts'

const entry = (stream: string): Entry => {
  const request = appendRequest({ stream, envelope: { id: stream } })
  return { request, texts: encodedTexts(request), broken: false }
}
const unavailable = new RosterError('store-unavailable', 'gone', { retryable: true })
const appended: AppendResult = { kind: 'appended', version: 1, position: 7 }
const nothingStored = { readRecord: () => Promise.resolve(undefined) }
const noPartition = (): Promise<void> => Promise.resolve()

describe('a call that fails as a whole', () => {
  it('R1: is not repeated when it would fail again', async () => {
    let calls = 0
    const call = retried(
      () => Promise.reject(new RosterError('not-json', `call ${++calls}`)),
      nothingStored,
      noPartition,
    )
    await expect(call([entry('a')])).rejects.toMatchObject({ code: 'not-json', message: 'call 1' })
  })

  it('is repeated when the store was gone for a moment, and given up after three repetitions', async () => {
    let calls = 0
    const call = retried(
      () => (++calls < 3 ? Promise.reject(unavailable) : Promise.resolve([appended])),
      nothingStored,
      noPartition,
    )
    expect(await call([entry('a')])).toEqual([appended])
    calls = -100
    await expect(call([entry('a')])).rejects.toBe(unavailable)
    expect(calls).toBe(-96)
  })

  it('R2: answers what was stored after all as appended, and repeats only the rest', async () => {
    const stored = { ...entry('a').request.record, position: 3 } as StoredRecord
    const sent: string[][] = []
    const call = retried(
      (entries) => {
        sent.push(entries.map(({ request }) => request.stream))
        return sent.length === 1 ? Promise.reject(unavailable) : Promise.resolve([appended])
      },
      { readRecord: (id) => Promise.resolve(id === 'a' ? stored : undefined) },
      noPartition,
    )
    expect(await call([entry('a'), entry('b')])).toEqual([{ kind: 'appended', version: 1, position: 3 }, appended])
    expect(sent).toEqual([['a', 'b'], ['b']])
  })

  it('R3: has a missing partition made', async () => {
    const missing = new RosterError('internal', 'no partition', { cause: { code: '23514' } })
    let made = 0
    const call = retried(
      () => (made === 0 ? Promise.reject(missing) : Promise.resolve([appended])),
      nothingStored,
      () => Promise.resolve(void made++),
    )
    expect(await call([entry('a')])).toEqual([appended])
  })
})
