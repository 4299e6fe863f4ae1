import { RosterError } from 'roster'
import type { Operations } from 'roster/client'
import { describe, expect, it } from 'vitest'

import { reach, type ReachOptions } from '../../src/team/reach.ts'
import { fixedOperations, hostedOf } from '../fixture/world.ts'

const totals = { records: 1, denials: 0, costMicroUsd: 0, bytes: 0 }

const beside = (given: Partial<Operations>) =>
  Object.assign(fixedOperations(given), { [Symbol.asyncDispose]: async () => {} })

function options(openers: Partial<ReachOptions['openers']>, signal = new AbortController().signal): ReachOptions {
  const refused = () => Promise.reject(new Error('not to be called'))
  const none = {
    connect: async () => undefined,
    open: refused,
    load: refused,
    verifyExport: refused,
    keepDocument: refused,
    check: refused,
    history: refused,
    ready: refused,
    consents: refused,
    desk: refused,
  }
  let looked = 0
  return {
    folder: '/f',
    by: 'ada',
    signal,
    now: () => (looked += 1_000),
    team: async () => ({ team: {}, people: undefined }),
    openers: { ...none, ...openers },
  }
}

describe('reaching a team', () => {
  it('talks to the process that holds the folder, and loads no team', async () => {
    await using reached = await reach({
      ...options({ connect: async () => beside({ totals: async () => totals }) }),
      team: () => Promise.reject(new Error('loaded')),
    })
    expect(reached.hosted).toBeUndefined()
    expect(await reached.operations.totals()).toEqual(totals)
  })

  it('hosts the team where nobody does, and closes it', async () => {
    const opened: unknown[] = []
    let closed = 0
    {
      await using reached = await reach(
        options({
          open: async (_, given) => (opened.push(given), hostedOf({ totals: async () => totals }, () => (closed += 1))),
        }),
      )
      expect(reached.hosted).toBeDefined()
      expect(closed).toBe(0)
    }
    expect([opened, closed]).toEqual([[{ folder: '/f', by: 'ada' }], 1])
  })

  it('R1: waits for another command that holds the folder for a moment', async () => {
    let tries = 0
    await using reached = await reach(
      options({
        connect: async () => (tries < 2 ? undefined : beside({ totals: async () => totals })),
        open: () => {
          tries += 1
          return Promise.reject(new RosterError('store-locked', 'held'))
        },
      }),
    )
    expect(await reached.operations.totals()).toEqual(totals)
    expect(tries).toBe(2)
  })

  it('R1: does not wait for ever', async () => {
    await expect(
      reach(options({ open: () => Promise.reject(new RosterError('store-locked', 'held')) })),
    ).rejects.toMatchObject({ code: 'store-locked' })
  })

  it('R2: asks whoever holds the folder next where the process ended', async () => {
    const gone = new RosterError('store-unavailable', 'ended', { retryable: true })
    const found = [
      beside({ totals: () => Promise.reject(gone), decide: () => Promise.reject(gone) }),
      beside({ totals: async () => totals }),
    ]
    await using reached = await reach(options({ connect: async () => found.shift() }))
    await expect(
      reached.operations.decide({ item: 'J', person: 'ada', decision: 'approved', reason: '' }),
    ).rejects.toMatchObject({ code: 'store-unavailable' })
    expect(await reached.operations.totals()).toEqual(totals)
  })

  it('R2: does not repeat what failed for another reason', async () => {
    let calls = 0
    await using reached = await reach(
      options({
        connect: async () =>
          beside({ totals: () => Promise.reject(new RosterError('store-unavailable', `call ${(calls += 1)}`)) }),
      }),
    )
    await expect(reached.operations.totals()).rejects.toMatchObject({ message: 'call 1' })
  })

  it('R3: an interrupt ends what waits', async () => {
    const interrupt = new AbortController()
    await using reached = await reach(
      options({ connect: async () => beside({ settled: () => new Promise<never>(() => {}) }) }, interrupt.signal),
    )
    const waiting = reached.operations.settled('T1', 60_000)
    interrupt.abort()
    await expect(waiting).rejects.toMatchObject({ failure: { code: 'interrupted' } })
  })
})
