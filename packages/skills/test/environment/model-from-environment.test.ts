import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { modelFromEnvironment } from '../../src/index.ts'
import { calmly, request } from '../request.ts'

describe('the model of an environment', () => {
  it.each([
    ['Anthropic by its key', { ANTHROPIC_API_KEY: 'a' }, 'anthropic/claude-sonnet-5-5'],
    ['OpenAI by its key', { OPENAI_API_KEY: 'o' }, 'openai/gpt-6.1-sol'],
    ['Anthropic before OpenAI', { ANTHROPIC_API_KEY: 'a', OPENAI_API_KEY: 'o' }, 'anthropic/claude-sonnet-5-5'],
    [
      'the one that is named',
      { ANTHROPIC_API_KEY: 'a', ROSTER_MODEL: 'claude-haiku-5-5' },
      'anthropic/claude-haiku-5-5',
    ],
    ['a server of one’s own', { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', ROSTER_MODEL: 'llama' }, 'compatible/llama'],
  ])('is %s', (_, env, name) => {
    expect(modelFromEnvironment(env)?.name).toBe(name)
  })

  it.each([
    ['without a key', {}],
    ['with an empty key', { ANTHROPIC_API_KEY: '', OPENAI_API_KEY: '' }],
    ['where the scripted one is asked for', { ANTHROPIC_API_KEY: 'a', ROSTER_MODEL: 'scripted' }],
  ])('is none %s', (_, env) => {
    expect(modelFromEnvironment(env)).toBeUndefined()
  })

  it('is refused for a server without a model, and for a base URL that is none', () => {
    expect(() => modelFromEnvironment({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' })).toThrow(
      'OPENAI_BASE_URL is set and ROSTER_MODEL is not',
    )
    expect(() => modelFromEnvironment({ OPENAI_BASE_URL: 'canary', ROSTER_MODEL: 'x' })).toThrow(
      /^OPENAI_BASE_URL is not a URL$/,
    )
  })
})

describe('a server that speaks like OpenAI', () => {
  const key = 'canary-91c07d35ab'
  let server: Server
  let baseURL: string
  const bodies: string[] = []

  beforeAll(async () => {
    server = createServer((incoming, reply) => {
      let body = ''
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()))
      incoming.on('end', () => {
        bodies.push(body)
        reply.setHeader('content-type', 'application/json')
        if (body.includes('"broken"')) {
          reply.statusCode = 401
          reply.end(JSON.stringify({ error: { message: `wrong key: ${String(incoming.headers.authorization)}` } }))
          return
        }
        const message = {
          role: 'assistant',
          content: JSON.stringify({ account: '4711', reason: incoming.headers.authorization }),
        }
        reply.end(
          JSON.stringify({
            choices: [{ index: 0, message, finish_reason: 'stop' }],
            usage: { prompt_tokens: 50, completion_tokens: 7, total_tokens: 57 },
          }),
        )
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  const model = (ROSTER_MODEL: string) =>
    modelFromEnvironment({ OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: key, ROSTER_MODEL })

  it('is asked by schema; on this machine it costs nothing, and the key that it repeats goes no further', async () => {
    expect(await model('llama')?.think(request(), calmly)).toMatchObject({
      kind: 'answer',
      output: { account: '4711', reason: 'Bearer [redacted]' },
      usage: { costMicroUsd: 0, tokens: 57, modelCalls: 1 },
    })
    expect(JSON.parse(bodies[0] ?? '{}')).toMatchObject({ model: 'llama', response_format: { type: 'json_schema' } })
  })

  it('keeps the key out of its errors', async () => {
    const outcome = await model('broken')?.think(request(), calmly)
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { code: 'model-failed', message: expect.stringContaining('answered 401: wrong key') },
    })
    expect(JSON.stringify(outcome)).not.toContain(key)
  })

  it('cannot be reached, which is said without the password in its address', async () => {
    const unreachable = modelFromEnvironment({
      OPENAI_BASE_URL: 'http://user:canary-5d1f@127.0.0.1:1/v1',
      ROSTER_MODEL: 'llama',
    })
    const outcome = await unreachable?.think(request(), calmly)
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'model-failed' } })
    expect(JSON.stringify(outcome)).not.toContain('canary-5d1f')
  })
})
