import { simulateReadableStream } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { describe, expect, it } from 'vitest'

import { aiSdkModel } from '../../src/index.ts'
import { calmly, request } from '../request.ts'
import { provider, says } from './provider.ts'

type Streamed = Awaited<ReturnType<MockLanguageModelV4['doStream']>>
type Part = Streamed['stream'] extends ReadableStream<infer P> ? P : never

/** A provider that says a text in these pieces, and then ends, or fails. */
function streaming(pieces: readonly string[], failure?: Error): MockLanguageModelV4 {
  const { usage, finishReason } = says('')
  const end: Part = failure === undefined ? { type: 'finish', usage, finishReason } : { type: 'error', error: failure }
  const chunks: Part[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '1' },
    ...pieces.map((delta): Part => ({ type: 'text-delta', id: '1', delta })),
    { type: 'text-end', id: '1' },
    end,
  ]
  return new MockLanguageModelV4({
    provider: 'anthropic.messages',
    modelId: 'claude-sonnet-5-5',
    doStream: () => Promise.resolve({ stream: simulateReadableStream({ chunks }) }),
  })
}

async function watched(model: MockLanguageModelV4, secrets: readonly string[] = []) {
  const words: string[] = []
  const told = (some: string): void => void words.push(some)
  return { outcome: await aiSdkModel(model, { secrets }).think(request(), { ...calmly, told }), words }
}

describe('a model that somebody watches', () => {
  it('tells its words as it says them, and answers as it would have', async () => {
    const { outcome, words } = await watched(streaming(['{"acc', 'ount": "47', '11", "reas', 'on": "rope"}']))
    expect(outcome).toEqual({
      kind: 'answer',
      output: { account: '4711', reason: 'rope' },
      raw: '{"account": "4711", "reason": "rope"}',
      usage: { costMicroUsd: 300, tokens: 110, modelCalls: 1 },
    })
    expect(words.length).toBeGreaterThan(2)
    expect(words.join('')).toBe('{"account": "4711", "reason": "rope"}')
  })

  it('tells no secret, also one that comes in two pieces', async () => {
    const { words } = await watched(streaming(['{"account": "4711", "reason": "key swordfi', 'sh-17 it is"}']), [
      'swordfish-17',
    ])
    expect(words.join('')).toBe('{"account": "4711", "reason": "key [redacted] it is"}')
    expect(words.join(' ')).not.toContain('swordfi')
  })

  it('fails as it would have, when its provider does in the middle', async () => {
    const { outcome } = await watched(streaming(['{"acc'], new Error('the line is gone')))
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { code: 'model-failed', message: expect.stringContaining('the line is gone') },
    })
  })

  it('is not streamed where nobody watches', async () => {
    const asked = provider(says('{"account":"4711"}'))
    await aiSdkModel(asked).think(request(), calmly)
    expect([asked.doGenerateCalls.length, asked.doStreamCalls.length]).toEqual([1, 0])
  })
})
