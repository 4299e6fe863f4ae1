import { APICallError } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { describe, expect, it } from 'vitest'

import { aiSdkModel } from '../../src/index.ts'
import { calmly, request } from '../request.ts'
import { asksFor, provider, says } from './provider.ts'

function answers(
  statusCode: number | undefined,
  message: string,
  rest: Partial<ConstructorParameters<typeof APICallError>[0]> = {},
): APICallError {
  const status = statusCode === undefined ? {} : { statusCode }
  return new APICallError({ message, url: 'https://api.example/v1', requestBodyValues: {}, ...status, ...rest })
}

describe('a model that refuses', () => {
  it('ends the step as model-refused, at its price, and is not asked again', async () => {
    expect(await aiSdkModel(provider(says('', 'content-filter'))).think(request(), calmly)).toMatchObject({
      kind: 'failed',
      failure: { code: 'model-refused', message: 'anthropic/claude-sonnet-5-5 refused to answer' },
      usage: { costMicroUsd: 300, tokens: 110, modelCalls: 1 },
    })
  })
})

describe('a step that is stopped', () => {
  /** A provider that never answers, also not when it is given up. */
  const silent = new MockLanguageModelV4({ doGenerate: () => new Promise(() => {}) })

  it('ends as timeout, and counts at its most what it may have used', async () => {
    const outcome = await aiSdkModel(silent).think(request(), { ...calmly, signal: AbortSignal.timeout(5) })
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'timeout' }, usage: { modelCalls: 1 } })
    expect(outcome.usage.tokens).toBeGreaterThan(500)
    expect(outcome.usage.costMicroUsd).toBeGreaterThan(500 * 180)
  })

  it('ends as cancelled when it was withdrawn', async () => {
    const controller = new AbortController()
    const outcome = aiSdkModel(silent).think(request(), { ...calmly, signal: controller.signal })
    controller.abort()
    expect(await outcome).toMatchObject({ kind: 'failed', failure: { code: 'cancelled' } })
  })

  it('asks nobody and costs nothing when it was stopped before', async () => {
    const asked = provider()
    expect(await aiSdkModel(asked).think(request(), { ...calmly, signal: AbortSignal.abort() })).toMatchObject({
      kind: 'failed',
      failure: { code: 'cancelled' },
      usage: { costMicroUsd: 0, tokens: 0, modelCalls: 0 },
    })
    expect(asked.doGenerateCalls).toHaveLength(0)
  })
})

describe('a provider that fails', () => {
  it('is asked once; whether to try again is said, and left to the host', async () => {
    const asked = provider(answers(529, 'Overloaded', { isRetryable: true }))
    expect(await aiSdkModel(asked).think(request(), calmly)).toEqual({
      kind: 'failed',
      failure: {
        code: 'model-failed',
        message: 'the provider of anthropic/claude-sonnet-5-5 answered 529: Overloaded',
        hint: 'Try again later.',
      },
      retryable: true,
      usage: { costMicroUsd: 0, tokens: 0, modelCalls: 1 },
    })
    expect(asked.doGenerateCalls).toHaveLength(1)
  })

  it('keeps the usage of a first call when the second fails', async () => {
    const outcome = await aiSdkModel(provider(says('no'), answers(undefined, 'Cannot connect'))).think(
      request(),
      calmly,
    )
    expect(outcome).toMatchObject({
      failure: { message: 'the provider of anthropic/claude-sonnet-5-5 cannot be reached: Cannot connect' },
      usage: { costMicroUsd: 300, tokens: 110, modelCalls: 2 },
    })
  })

  it('counts an answer that cannot be read at its most, because it was paid for', async () => {
    const outcome = await aiSdkModel(provider(answers(200, 'Invalid JSON response'))).think(request(), calmly)
    expect(outcome.usage.tokens).toBeGreaterThan(500)
  })

  it.each([
    [401, 'Look at the key of the provider in the environment.'],
    [404, 'Look at the name of the model (ROSTER_MODEL).'],
    [429, 'Try again later.'],
    [400, 'The provider does not take this request; its message says why.'],
  ])('is answered %i with what to do', async (status, hint) => {
    expect(await aiSdkModel(provider(answers(status, 'no'))).think(request(), calmly)).toMatchObject({
      failure: { hint },
    })
  })

  it('cannot make the message long', async () => {
    const outcome = await aiSdkModel(provider(answers(400, 'x'.repeat(10_000)))).think(request(), calmly)
    expect(JSON.stringify(outcome).length).toBeLessThan(700)
  })
})

describe('a key', () => {
  const canary = 'canary-4e8a2b7f19'

  it.each([
    ['the message of an error', provider(answers(401, `Incorrect API key provided: ${canary}.`))],
    [
      'the headers and the body of an error',
      provider(answers(401, 'no', { responseBody: canary, responseHeaders: { 'x-api-key': canary } })),
    ],
    ['an error of something else', provider(new TypeError(`fetch failed for https://user:${canary}@host`))],
    ['an answer', provider(says(JSON.stringify({ account: '4711', reason: canary })))],
    ['a tool call', provider(says([asksFor('ledger', JSON.stringify({ [canary]: [canary] }))], 'tool-calls'))],
    ['a message that quotes an answer', provider(says(canary), says(canary))],
  ])('never leaves with %s', async (_, model) => {
    const tools = [{ name: 'ledger', description: '', inputSchema: { type: 'object' } }]
    const outcome = await aiSdkModel(model, { secrets: [canary] }).think(request({ tools }), calmly)
    expect(JSON.stringify(outcome)).not.toContain(canary)
  })

  it('is redacted from an error also when nobody said what it is', async () => {
    const outcome = await aiSdkModel(
      provider(answers(401, 'Wrong key sk-proj-abcdefgh12345678, sent as Bearer abcdefgh12345678')),
    ).think(request(), calmly)
    expect(outcome).toMatchObject({
      failure: { message: expect.stringContaining('Wrong key [redacted], sent as Bearer [redacted]') },
    })
  })
})
