import { describe, expect, it } from 'vitest'

import { fallbackModels, type ModelStep, type ThinkOutcome } from '../../src/index.ts'
import { calmly, request } from '../request.ts'

const used = { costMicroUsd: 100, tokens: 50, modelCalls: 1 }
const answer: ThinkOutcome = { kind: 'answer', output: { account: '4711' }, usage: used }
const failed = (retryable: boolean, code = 'model-failed'): ThinkOutcome => ({
  kind: 'failed',
  failure: { code, message: 'overloaded' },
  retryable,
  usage: used,
})

/** A model that gives these outcomes one after the other, the last again and again; and the keys with which it was asked. */
function model(name: string, ...outcomes: readonly ThinkOutcome[]): ModelStep & { readonly keys: string[] } {
  const keys: string[] = []
  return {
    name,
    keys,
    async think(_, { key }) {
      keys.push(key)
      return outcomes[keys.length - 1] ?? outcomes.at(-1) ?? answer
    },
  }
}

/** Asks a chain, and says how long it waited each time. */
async function asked(models: readonly ModelStep[], { retries = 1, most = {}, signal = calmly.signal } = {}) {
  const waits: number[] = []
  const wait = async (ms: number): Promise<void> => void waits.push(ms)
  const held = { costMicroUsd: 10_000, tokens: 10_000, modelCalls: 10, ...most }
  const chain = fallbackModels(models, { retries, wait })
  return { outcome: await chain.think(request({ most: held }), { ...calmly, signal }), waits, chain }
}

describe('a declared chain of models', () => {
  it('is the first model while that one answers', async () => {
    const second = model('second')
    const { outcome, chain, waits } = await asked([model('first', answer), second])
    expect(outcome).toEqual({ ...answer, by: 'first' })
    expect([second.keys, waits]).toEqual([[], []])
    expect(chain).toMatchObject({ name: 'first', fallbacks: ['second'], mostCalls: 8 })
  })

  it('asks again after a failure that may pass, after a while, and under another key', async () => {
    const first = model('first', failed(true), failed(true), answer)
    const { outcome, waits } = await asked([first, model('second')], { retries: 2 })
    expect(outcome).toMatchObject({
      kind: 'answer',
      by: 'first',
      usage: { costMicroUsd: 300, tokens: 150, modelCalls: 3 },
    })
    expect([first.keys, waits]).toEqual([
      ['k1', 'k1/1', 'k1/2'],
      [500, 1000],
    ])
  })

  it('goes to the next model when one fails too often, or for good, and says which did not answer', async () => {
    const first = model('first', failed(true))
    const second = model('second', failed(false, 'model-refused'))
    const { outcome } = await asked([first, second, model('third', answer)])
    expect([first.keys.length, second.keys.length]).toEqual([2, 1])
    expect(outcome).toMatchObject({
      kind: 'answer',
      by: 'third',
      usage: { modelCalls: 4 },
      tried: [{ model: 'first' }, { model: 'first' }, { model: 'second', code: 'model-refused' }],
    })
  })

  it('fails as the last one failed, with all that was used, when nobody answers', async () => {
    const { outcome } = await asked([model('first', failed(false)), model('second', failed(false, 'model-refused'))])
    expect(outcome).toMatchObject({
      kind: 'failed',
      by: 'second',
      failure: { code: 'model-refused' },
      usage: { modelCalls: 2 },
    })
  })

  it.each([
    ['calls', { modelCalls: 2 }],
    ['money', { costMicroUsd: 200 }],
    ['tokens', { tokens: 599 }],
  ])('tries nothing more once the %s that were held for the step would not pay for it', async (_, most) => {
    const [first, second] = [model('first', failed(true)), model('second', answer)]
    const { outcome } = await asked([first, second], { retries: 5, most })
    expect(outcome.kind).toBe('failed')
    expect(second.keys).toEqual([])
    expect(first.keys.length).toBeLessThanOrEqual(2)
  })

  it('asks nobody for what was withdrawn', async () => {
    const gone = new AbortController()
    const leaving: ModelStep = { name: 'first', think: async () => (gone.abort(), failed(true)) }
    const second = model('second', answer)
    const { outcome } = await asked([leaving, second], { signal: gone.signal })
    expect([outcome.kind, second.keys]).toEqual(['failed', []])
  })

  it('names each model once', () => {
    expect(() => fallbackModels([])).toThrow(expect.objectContaining({ code: 'definition-invalid' }))
    expect(() => fallbackModels([model('one'), model('one')])).toThrow(
      expect.objectContaining({ code: 'definition-invalid' }),
    )
  })
})
