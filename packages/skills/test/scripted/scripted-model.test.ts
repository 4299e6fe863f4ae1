import { RosterError } from '@roster/core'
import { describe, expect, it } from 'vitest'

import { callTools, scriptedModel, seededRandom, type ModelStep } from '../../src/index.ts'
import { calmly, ledger, request } from '../request.ts'

const right = { account: '4711' }
const always = { rate: 1, random: seededRandom(7) }

describe('a scripted model', () => {
  it('says that it is one', () => {
    expect(scriptedModel({ answers: () => right }).name).toBe('scripted')
  })

  it('is a model step like any other', async () => {
    const model: ModelStep = scriptedModel({
      answers: ({ kind, input }) => (kind === 'read-invoice' && input !== null ? right : null),
    })
    expect(await model.think(request(), calmly)).toEqual({
      kind: 'answer',
      output: right,
      usage: { costMicroUsd: 400, tokens: 600, modelCalls: 1 },
    })
  })

  it('calls tools, each time under ids of their own', async () => {
    const model = scriptedModel({ answers: () => callTools({ tool: ledger.name, input: { supplier: 'x' } }) })
    const first = await model.think(request({ tools: [ledger] }), calmly)
    expect(first).toMatchObject({
      kind: 'calls',
      calls: [{ id: 'call-0-0', tool: ledger.name, input: { supplier: 'x' } }],
    })
    const conversation = [{ role: 'assistant', calls: [] }] as const
    expect(await model.think(request({ tools: [ledger], conversation }), calmly)).toMatchObject({
      calls: [{ id: 'call-1-0' }],
    })
  })

  it('is held to the contract: an answer that does not fit is model-failed, after both calls', async () => {
    const model = scriptedModel({ answers: () => ({ account: 4711 }), priceMicroUsd: 10, tokens: 5 })
    expect(await model.think(request(), calmly)).toMatchObject({
      kind: 'failed',
      failure: { code: 'model-failed', message: expect.stringContaining('/account') },
      usage: { costMicroUsd: 20, tokens: 10, modelCalls: 2 },
    })
  })

  it('fails with the error of its script, returned or thrown', async () => {
    const error = new RosterError('model-refused', 'not this one')
    const expected = { kind: 'failed', failure: { code: 'model-refused', message: 'not this one' } }
    expect(await scriptedModel({ answers: () => error }).think(request(), calmly)).toMatchObject(expected)
    const throwing = scriptedModel({
      answers: () => {
        throw new TypeError('no answer in the script')
      },
    })
    expect(await throwing.think(request(), calmly)).toMatchObject({
      failure: { code: 'model-failed', message: 'no answer in the script' },
    })
  })

  it('counts what it was asked, and not what was withdrawn before', async () => {
    const model = scriptedModel({ answers: () => right, errors: { ...always, kinds: ['refused'] } })
    await model.think(request(), calmly)
    await model.think(request({ input: 2 }), calmly)
    await model.think(request({ input: 3 }), { ...calmly, signal: AbortSignal.abort() })
    expect(model.tally()).toEqual({ steps: 2, mistakes: { refused: 2 } })
  })
})

describe('a mistake of a scripted model', () => {
  it('is malformed: model-failed after the repair, with the usage of both calls', async () => {
    const model = scriptedModel({ answers: () => right, errors: { ...always, kinds: ['malformed'] } })
    expect(await model.think(request(), calmly)).toMatchObject({
      kind: 'failed',
      failure: { code: 'model-failed' },
      usage: { modelCalls: 2 },
    })
  })

  it('is refused: model-refused', async () => {
    const model = scriptedModel({ answers: () => right, errors: { ...always, kinds: ['refused'] } })
    expect(await model.think(request(), calmly)).toMatchObject({
      failure: { code: 'model-refused' },
      usage: { modelCalls: 1 },
    })
  })

  it('is late: timeout after the time that it was given, without real time where there is none', async () => {
    const waited: number[] = []
    const wait = (ms: number): Promise<void> => Promise.resolve(void waited.push(ms))
    const model = scriptedModel({ answers: () => right, errors: { ...always, kinds: ['late'] }, lateMs: 60_000, wait })
    expect(await model.think(request(), calmly)).toMatchObject({
      failure: { code: 'timeout' },
      usage: { modelCalls: 1 },
    })
    expect(waited).toEqual([60_000])
  })

  it('is late and ends with the signal, which says why', async () => {
    const model = scriptedModel({ answers: () => right, errors: { ...always, kinds: ['late'] }, lateMs: 60_000 })
    expect(await model.think(request(), { ...calmly, signal: AbortSignal.timeout(1) })).toMatchObject({
      failure: { code: 'timeout' },
    })
    const controller = new AbortController()
    const withdrawn = model.think(request(), { ...calmly, signal: controller.signal })
    controller.abort()
    expect(await withdrawn).toMatchObject({ failure: { code: 'cancelled' } })
  })

  it('is one of its own making, valid by schema', async () => {
    const model = scriptedModel({
      answers: () => right,
      errors: { ...always, kinds: ['swapped-digit'], wrong: () => ({ account: '4171' }) },
    })
    expect(await model.think(request(), calmly)).toMatchObject({ kind: 'answer', output: { account: '4171' } })
    expect(model.tally().mistakes).toEqual({ 'swapped-digit': 1 })
  })

  it('is none when what is wrong is what is right, or when there is no way to be wrong', async () => {
    for (const said of [right, undefined]) {
      const model = scriptedModel({
        answers: () => right,
        errors: { ...always, kinds: ['swapped-digit'], wrong: () => said },
      })
      expect(await model.think(request(), calmly)).toMatchObject({ kind: 'answer', output: right })
      expect(model.tally().mistakes).toEqual({})
    }
  })

  it('happens as often as told, spread over the kinds', async () => {
    const model = scriptedModel({ answers: () => right, errors: { rate: 0.1, random: seededRandom(7) }, lateMs: 0 })
    for (let input = 0; input < 1000; input++) await model.think(request({ input }), calmly)
    const { late = 0, malformed = 0, refused = 0 } = model.tally().mistakes
    expect([late, malformed, refused].every((times) => times > 15)).toBe(true)
    expect(late + malformed + refused).toBeGreaterThan(70)
    expect(late + malformed + refused).toBeLessThan(130)
  })

  it('follows from the seed and the request alone, whatever was asked before or under which key', async () => {
    const wrongInputs = async (seed: number, inputs: readonly number[], key: string): Promise<number[]> => {
      const model = scriptedModel({
        answers: () => right,
        errors: { rate: 0.3, random: seededRandom(seed), kinds: ['refused'] },
      })
      const outcomes = await Promise.all(
        inputs.map(async (input) => ({ input, outcome: await model.think(request({ input }), { ...calmly, key }) })),
      )
      return outcomes.filter(({ outcome }) => outcome.kind === 'failed').map(({ input }) => input)
    }
    const inputs = Array.from({ length: 50 }, (_, index) => index)
    const first = await wrongInputs(7, inputs, 'a')
    expect(first.length).toBeGreaterThan(5)
    expect((await wrongInputs(7, inputs.toReversed(), 'b')).toReversed()).toEqual(first)
    expect(await wrongInputs(8, inputs, 'a')).not.toEqual(first)
  })
})
