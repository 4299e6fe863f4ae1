import { RosterError, type AppendResult } from '@roster/core'
import { appendRequest, newMessage } from '@roster/testing'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/append/append-arguments.ts'
import { AppendQueue, mostInCall } from '../../src/append/append-queue.ts'

const streams = (entries: readonly Entry[]): readonly string[] => entries.map(({ request }) => request.stream)
const appended = (entries: readonly Entry[]): readonly AppendResult[] =>
  entries.map(() => ({ kind: 'appended', version: 1, position: 1 }))

/** A call that answers when it is told to. */
function held(): {
  readonly calls: (readonly Entry[])[]
  readonly call: (entries: readonly Entry[]) => Promise<readonly AppendResult[]>
  answer(results?: (entries: readonly Entry[]) => readonly AppendResult[]): Promise<void>
} {
  const calls: (readonly Entry[])[] = []
  let resolve: ((results: readonly AppendResult[]) => void) | undefined
  return {
    calls,
    call: (entries) => {
      calls.push(entries)
      return new Promise((done) => (resolve = done))
    },
    async answer(results = appended) {
      resolve?.(results(calls.at(-1) ?? []))
      await new Promise(setImmediate)
    },
  }
}

describe('the append queue', () => {
  it('G1: has one call in flight unless it may have more; what gathers meanwhile goes into the next, in order', async () => {
    const { call, calls, answer } = held()
    const queue = new AppendQueue(call)
    const first = queue.append([appendRequest({ stream: 'a' })])
    await new Promise(setImmediate)
    const rest = ['b', 'c', 'd'].map((stream) => queue.append([appendRequest({ stream })]))
    await new Promise(setImmediate)
    expect(calls.map(streams)).toEqual([['a']])
    await answer()
    expect(calls.map(streams)).toEqual([['a'], ['b', 'c', 'd']])
    await answer()
    expect(await Promise.all([first, ...rest])).toHaveLength(4)
  })

  it(`sends ${mostInCall} at most in a call`, async () => {
    const sizes: number[] = []
    const queue = new AppendQueue((entries) => {
      sizes.push(entries.length)
      return Promise.resolve(appended(entries))
    })
    await queue.append(Array.from({ length: 150 }, (_, index) => appendRequest({ stream: `s${index}` })))
    expect(sizes).toEqual([64, 64, 22])
  })

  it('G2: puts a second request of a stream into a call of its own', async () => {
    const { call, calls, answer } = held()
    const queue = new AppendQueue(call)
    const results = queue.append(['a', 'b', 'a', 'c'].map((stream) => appendRequest({ stream })))
    await new Promise(setImmediate)
    await answer()
    await answer()
    expect(calls.map(streams)).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ])
    expect(await results).toHaveLength(4)
  })

  it('G2: puts a request that consumes or cancels what an earlier one sends, consumes or cancels into the next call', async () => {
    const calls: (readonly string[])[] = []
    const queue = new AppendQueue((entries) => {
      calls.push(streams(entries))
      return Promise.resolve(appended(entries))
    })
    await queue.append([
      appendRequest({ stream: 'sender', cause: { id: 'x' }, pending: [newMessage('m', { stream: 'taker' })] }),
      appendRequest({ stream: 'taker', cause: { id: 'm' } }),
      { ...appendRequest({ stream: 'canceller' }), cancel: ['m'] },
      appendRequest({ stream: 'other', cause: { id: 'x' } }),
    ])
    expect(calls).toEqual([['sender'], ['taker'], ['canceller', 'other']])
  })

  it('G1: has a second call in flight once enough has gathered that is free of what the first names', async () => {
    const calls: (readonly string[])[] = []
    const open: (() => void)[] = []
    const queue = new AppendQueue((entries) => {
      calls.push(streams(entries))
      return new Promise((resolve) => open.push(() => resolve(appended(entries))))
    }, 2)
    const many = Array.from({ length: 16 }, (_, index) => `s${index}`)
    const results = [queue.append([appendRequest({ stream: 'a' })])]
    await new Promise(setImmediate)
    results.push(...['a', ...many.slice(1)].map((stream) => queue.append([appendRequest({ stream })])))
    await new Promise(setImmediate)
    expect(calls).toEqual([['a'], many.slice(1)])
    results.push(queue.append(many.slice(0, 1).map((stream) => appendRequest({ stream }))))
    await new Promise(setImmediate)
    expect(calls).toHaveLength(2)
    open[0]?.()
    await new Promise(setImmediate)
    expect(calls).toHaveLength(2)
    open[1]?.()
    await new Promise(setImmediate)
    expect(calls[2]).toEqual(['a', 's0'])
    open[2]?.()
    expect((await Promise.all(results)).flat()).toHaveLength(18)
  })

  it('G3: halves a call that fails as a whole until the culprit is alone', async () => {
    const sizes: number[] = []
    const failure = new RosterError('internal', 'no')
    const queue = new AppendQueue((entries) => {
      sizes.push(entries.length)
      return streams(entries).includes('s5') ? Promise.reject(failure) : Promise.resolve(appended(entries))
    })
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => queue.append([appendRequest({ stream: `s${index}` })])),
    )
    expect(results.map(({ status }) => status)).toEqual(
      Array.from({ length: 8 }, (_, index) => (index === 5 ? 'rejected' : 'fulfilled')),
    )
    expect(sizes).toEqual([8, 4, 4, 2, 1, 1, 2])
    expect(results[5]).toEqual({ status: 'rejected', reason: failure })
  })

  it('G4: tells the call that an earlier request of the same caller and stream was refused', async () => {
    const broken: boolean[][] = []
    const queue = new AppendQueue((entries) => {
      broken.push(entries.map((entry) => entry.broken))
      return Promise.resolve(entries.map(() => ({ kind: 'fenced' })))
    })
    const [one, other] = [appendRequest({ stream: 'a' }), appendRequest({ stream: 'a' })]
    await Promise.all([queue.append([one, other]), queue.append([one])])
    expect(broken).toEqual([[false], [true], [false]])
  })
})
