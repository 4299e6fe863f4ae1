import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { aiSdkModel } from '../../src/index.ts'
import { calmly, ledger, request } from '../request.ts'
import { asksFor, provider, says } from './provider.ts'

/** Of one call: 100 tokens at $2 and 10 at $10 a million. */
const oneCall = { costMicroUsd: 300, tokens: 110, modelCalls: 1 }
const twoCalls = { costMicroUsd: 600, tokens: 220, modelCalls: 2 }

describe('a model of the AI SDK', () => {
  it('is called by its provider and its id', () => {
    expect(aiSdkModel(provider()).name).toBe('anthropic/claude-sonnet-5-5')
    expect(aiSdkModel(provider(), { name: 'reader' }).name).toBe('reader')
  })

  it('answers within its contract, at the price of its tokens', async () => {
    expect(await aiSdkModel(provider(says('{"account":"4711"}'))).think(request(), calmly)).toEqual({
      kind: 'answer',
      output: { account: '4711' },
      raw: '{"account":"4711"}',
      usage: oneCall,
    })
  })

  it('is told the instructions, the form of the answer and the input, and nothing else', async () => {
    const asked = provider(says('{"account":"4711"}'))
    await aiSdkModel(asked).think(request(), calmly)
    const [call] = asked.doGenerateCalls
    expect(call?.prompt).toEqual([
      {
        role: 'system',
        content: expect.stringMatching(/^Choose the cost account\.\n\nAnswer with one JSON value .*"account"/s),
      },
      { role: 'user', content: [{ type: 'text', text: 'Input:\n{"note":"rope","supplier":"Tide & Co"}' }] },
    ])
    expect(call).toMatchObject({
      maxOutputTokens: 500,
      responseFormat: { type: 'json', schema: { type: 'object', required: ['account'] } },
    })
    expect(call?.headers).toMatchObject({ 'idempotency-key': 'k1' })
    expect(call?.temperature).toBeUndefined()
  })

  it('asks for tool calls under their own names, and runs none', async () => {
    const asked = provider(says([asksFor('ledger_1_0', '{"supplier":"Tide & Co"}')], 'tool-calls'))
    expect(await aiSdkModel(asked).think(request({ tools: [ledger] }), calmly)).toEqual({
      kind: 'calls',
      calls: [{ id: 'c1', tool: 'ledger@1.0', input: { supplier: 'Tide & Co' } }],
      usage: oneCall,
    })
    expect(asked.doGenerateCalls).toHaveLength(1)
    expect(asked.doGenerateCalls[0]?.tools).toMatchObject([
      { type: 'function', name: 'ledger_1_0', description: ledger.description },
    ])
  })

  it('is told what came of its calls, errors too', async () => {
    const asked = provider(says('{"account":"4711"}'))
    const conversation = [
      {
        role: 'assistant',
        calls: [
          { id: 'c1', tool: 'ledger@1.0', input: {} },
          { id: 'c2', tool: 'ledger@1.0', input: {} },
        ],
      },
      { role: 'tool', call: 'c1', tool: 'ledger@1.0', output: ['4711'] },
      { role: 'tool', call: 'c2', tool: 'ledger@1.0', error: { code: 'denied', message: 'no policy allows it' } },
    ] as const
    await aiSdkModel(asked).think(request({ conversation }), calmly)
    expect(JSON.stringify(asked.doGenerateCalls[0]?.prompt.at(-1))).toContain(
      JSON.stringify(
        '- result {"call":"c2","error":{"code":"denied","message":"no policy allows it"},"tool":"ledger@1.0"}',
      ).slice(1, -1),
    )
  })

  it('carries an answer that is no object in one, and takes it out again', async () => {
    const asked = provider(says('{"answer":["rope","tar"]}'))
    const outcome = await aiSdkModel(asked).think(request({ contract: z.array(z.string()) }), calmly)
    expect(outcome).toMatchObject({ kind: 'answer', output: ['rope', 'tar'] })
    expect(asked.doGenerateCalls[0]?.responseFormat).toMatchObject({ schema: { type: 'object', required: ['answer'] } })
  })
})

describe('an answer that does not fit', () => {
  it('is shown to the model once with the problem, and both calls are counted', async () => {
    const asked = provider(says('{"account":"47"}'), says('```json\n{"account":"4711"}\n```'))
    expect(await aiSdkModel(asked).think(request(), calmly)).toMatchObject({
      kind: 'answer',
      output: { account: '4711' },
      usage: twoCalls,
    })
    const [, assistant, user] = asked.doGenerateCalls[1]?.prompt.slice(1) ?? []
    expect(JSON.stringify(assistant)).toContain('47')
    expect(JSON.stringify(user)).toContain('/account')
    expect(asked.doGenerateCalls[1]?.headers).toMatchObject({ 'idempotency-key': 'k1/2' })
  })

  it('ends as model-failed the second time, with the usage of both calls', async () => {
    const outcome = await aiSdkModel(provider(says('I think 4711'), says('{"account":4711}'))).think(request(), calmly)
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { code: 'model-failed' },
      retryable: false,
      usage: twoCalls,
    })
    expect(outcome).toMatchObject({
      failure: { message: expect.stringMatching(/in 2 attempts: the answer does not fit its contract: \/account/) },
    })
  })

  it.each([
    ['that is empty', says(''), 'there is neither an answer nor a tool call'],
    ['that was cut off', says('{"account":"47', 'length'), 'it was cut off after 500 tokens'],
    [
      'that calls a tool that it was not given',
      says([asksFor('pay', '{}')], 'tool-calls'),
      'there is no tool pay; there are: ledger@1.0',
    ],
    [
      'whose call is not JSON',
      says([asksFor('ledger_1_0', '{"supplier"')], 'tool-calls'),
      'the input of the call of ledger@1.0 is not JSON',
    ],
    ['that JSON cannot carry', says('{"account":"4711","reason":"\\ud800"}'), 'a lone surrogate'],
  ])('is one %s', async (_, first, problem) => {
    const asked = provider(first, says('{"account":"4711"}'))
    expect(await aiSdkModel(asked).think(request({ tools: [ledger] }), calmly)).toMatchObject({
      kind: 'answer',
      usage: twoCalls,
    })
    expect(JSON.stringify(asked.doGenerateCalls[1]?.prompt.at(-1))).toContain(problem)
  })
})
