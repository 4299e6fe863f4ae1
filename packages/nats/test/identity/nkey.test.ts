import { inspect } from 'node:util'

import { fromPublic, fromSeed } from '@nats-io/nkeys'
import { describe, expect, it } from 'vitest'

import { isPublicKey, newNkey, nkeyOf } from '../../src/identity/nkey.ts'

describe('an nkey', () => {
  it('signs the same bytes as the library of NATS', () => {
    for (let count = 0; count < 5; count++) {
      const key = newNkey('user')
      const text = Buffer.from(`nonce ${count}`)
      expect(Buffer.from(key.sign(text))).toEqual(Buffer.from(fromSeed(Buffer.from(key.seed)).sign(text)))
      expect(fromPublic(key.publicKey).verify(text, key.sign(text))).toBe(true)
    }
  })

  it('comes back from its seed', () => {
    const key = newNkey('account')
    expect(nkeyOf(`${key.seed}\n`, 'account').publicKey).toBe(key.publicKey)
    expect(key.publicKey).toMatch(/^A[A-Z2-7]{55}$/)
  })

  it('is refused when it is of another kind, or was mistyped, without its seed in the message', () => {
    const { seed } = newNkey('user')
    const mistyped = seed.slice(0, 20) + (seed[20] === 'A' ? 'B' : 'A') + seed.slice(21)
    for (const [text, kind] of [
      [seed, 'account'],
      [mistyped, 'user'],
      ['', 'operator'],
    ] as const) {
      expect(() => nkeyOf(text, kind)).toThrow(expect.objectContaining({ code: 'identity-invalid' }))
      expect(() => nkeyOf(text, kind)).not.toThrow(seed.slice(0, 19))
    }
  })

  it('is known by its public text, checksum included', () => {
    const { publicKey } = newNkey('user')
    expect(isPublicKey(publicKey, 'user')).toBe(true)
    expect(isPublicKey(publicKey, 'account')).toBe(false)
    expect(isPublicKey(`${publicKey.slice(0, -1)}${publicKey.endsWith('A') ? 'B' : 'A'}`, 'user')).toBe(false)
  })

  it('shows only its public key, as JSON and inspected', () => {
    const key = newNkey('user')
    expect(JSON.stringify({ key })).toBe(JSON.stringify({ key: key.publicKey }))
    expect(inspect(key)).not.toContain(key.seed)
  })
})
