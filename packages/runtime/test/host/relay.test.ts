import { RosterError, type Bus, type Sending } from '@roster/core'
import { fixedClock, mail } from '@roster/testing'
import { describe, expect, it } from 'vitest'

import { memoryStore, Relay, type Observation } from '../../src/index.ts'

const resendAfterMs = 1000

/** A relay over a store in which this many messages of one pair are pending, and what it published. */
async function relayOver(pending: number, takes: () => boolean, refusal = new Error('the bus is away')) {
  const clock = fixedClock()
  const store = memoryStore({ tenant: 'acme', clock })
  const rows = Array.from({ length: pending }, (_, index) => mail(`m${String(index).padStart(5, '0')}`))
  await store.accept({ client: 'test', key: 'all', answer: '{}', pending: rows })
  const calls: (readonly Sending[])[] = []
  const seen: Observation[] = []
  const bus: Bus = {
    async publish(sendings) {
      calls.push(sendings)
      if (!takes()) throw refusal
    },
    subscribe: () => Promise.reject(new Error('nobody listens here')),
  }
  const observe = (observation: Observation): void => void seen.push(observation)
  const relay = new Relay({ store, bus, clock, observe }, { resendAfterMs, mine: () => true })
  return { clock, relay, calls, seen }
}

describe('a relay', () => {
  it('R1: sends again what has been pending too long, under a higher number each time', async () => {
    const { clock, relay, calls } = await relayOver(1, () => true)
    await relay.resend()
    clock.advance(resendAfterMs)
    await relay.resend()
    await relay.resend()
    clock.advance(resendAfterMs)
    await relay.resend()
    expect(calls.flat().map(({ resend }) => resend)).toEqual([1, 2])
  })

  it('sends all that is pending, page by page', async () => {
    const { clock, relay, calls } = await relayOver(2500, () => true)
    clock.advance(resendAfterMs)
    await relay.resend()
    expect(calls.map(({ length }) => length)).toEqual([1000, 1000, 500])
  })

  it('R3: does not ask a bus again, in one run, that takes nothing', async () => {
    let takes = false
    const { clock, relay, calls, seen } = await relayOver(2500, () => takes)
    clock.advance(resendAfterMs)
    await relay.resend()
    expect(calls).toHaveLength(1)
    expect(seen).toMatchObject([{ kind: 'unpublished', messages: 1000 }])
    takes = true
    clock.advance(resendAfterMs)
    await relay.resend()
    expect(calls.slice(1).flat()).toHaveLength(2500)
  })

  it('goes on to the others when one cannot be carried at all', async () => {
    const refusal = new RosterError('denied', 'one sender has no credential')
    const { clock, relay, calls } = await relayOver(2500, () => false, refusal)
    clock.advance(resendAfterMs)
    await relay.resend()
    expect(calls.flat()).toHaveLength(2500)
  })
})
