import { describe, expect, it } from 'vitest'

import { flawOfOrder, orderText, type Json, type Message } from '../../src/index.ts'
import { newYear } from '../kit/sample.ts'

const ordered = { to: 'acme/agent/tess', type: 'terms.stop', payload: { because: 'wrong payments' } }
const unsigned = { id: 'o1', person: 'eve', at: newYear, key: 'k1' }
const signature = `k1 signed ${orderText(ordered, unsigned)}`
const signed = { ...ordered.payload, signed: { ...unsigned, signature } }

function message(parts: Partial<Message> & { readonly payload?: Json } = {}): Message {
  const about = { correlationId: '', causationId: 'm1', label: { integrity: 'trusted' as const, sources: [] } }
  return { id: 'm1', sender: 'client/eve', at: newYear, ...about, ...ordered, payload: signed, ...parts }
}

function flaw(parts: Parameters<typeof message>[0], person = 'eve'): string | null {
  const verify = (key: string, text: string, given: string): boolean => given === `${key} signed ${text}`
  return flawOfOrder(message(parts), { person, keys: ['k0', 'k1'], verify })?.message ?? null
}

describe('an order in the name of a person', () => {
  it('is their word when their key has signed what it says', () => {
    expect(flaw({})).toBeNull()
  })

  it.each<[string, Parameters<typeof message>[0], string]>([
    ['has no signature', { payload: ordered.payload }, 'has not signed'],
    ['has half a signature', { payload: { ...signed, signed: { person: 'eve' } } }, 'has not signed'],
    ['goes to somebody else', { to: 'acme/agent/ada' }, 'does not fit'],
    ['orders something else', { type: 'terms.resume' }, 'does not fit'],
    ['says something else', { payload: { ...signed, because: 'nothing' } }, 'does not fit'],
    ['says more', { payload: { ...signed, level: 'autonomous' } }, 'does not fit'],
    ['is dated otherwise', { payload: { ...signed, signed: { ...signed.signed, at: newYear + 1 } } }, 'does not fit'],
    ['is a copy that comes later', { at: newYear + 300_001 }, 'too long ago'],
    [
      'is signed with another key',
      { payload: { ...signed, signed: { ...signed.signed, key: 'k2' } } },
      'not one of eve',
    ],
  ])('is not when it %s', (_, parts, says) => {
    expect(flaw(parts)).toContain(says)
  })

  it('is not when somebody else has signed it', () => {
    expect(flaw({ sender: 'client/ada' }, 'ada')).toContain('signed by eve, and comes in the name of ada')
  })
})
