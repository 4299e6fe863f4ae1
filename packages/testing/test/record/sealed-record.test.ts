import { bodyHash, genesis, recordHash } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { appendRequest, sealedRecord, sha256 } from '../../src/index.ts'

describe('sealed record', () => {
  it('is the same for the same parts', () => {
    expect(sealedRecord({ stream: 'acme/agent/bob' })).toEqual(sealedRecord({ stream: 'acme/agent/bob' }))
  })

  it('continues the chain of the record before it', () => {
    const first = sealedRecord()
    const second = sealedRecord({ after: first })
    expect([first.previousHash, second.previousHash, second.version]).toEqual([genesis, first.hash, 2])
    expect(second.hash).toBe(recordHash(first.hash, second.envelope, sha256))
  })

  it('hashes its body into its envelope', () => {
    const { envelope, body, salt } = sealedRecord({ body: { payload: { amount: '12.50' } } })
    expect((JSON.parse(envelope) as { bodyHash: string }).bodyHash).toBe(bodyHash(body, salt, sha256))
  })

  it('is expected after the one before it', () => {
    const first = appendRequest()
    expect([first.expected, appendRequest({ after: first.record }).expected]).toEqual(['no-stream', 1])
  })
})
