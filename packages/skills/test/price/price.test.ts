import { describe, expect, it } from 'vitest'

import { atMost, priced } from '../../src/price/price.ts'
import { listPrices, priceOf, unknownPrice } from '../../src/price/price-table.ts'

describe('the price of a call', () => {
  const three = { inputMicroUsd: 3_000_000, outputMicroUsd: 15_000_000 }

  it('is whole millionths of a dollar, rounded up', () => {
    expect(priced({ input: 1000, output: 100 }, three)).toEqual({ costMicroUsd: 4500, tokens: 1100, modelCalls: 1 })
    expect(priced({ input: 1, output: 0 }, { inputMicroUsd: 1, outputMicroUsd: 1 }).costMicroUsd).toBe(1)
  })

  it('is a quarter more for what is written to a cache', () => {
    expect(priced({ input: 1000, output: 0, cacheWrite: 1000 }, three).costMicroUsd).toBe(3750)
  })

  it('of a call of unknown outcome is never free', () => {
    expect(atMost('é'.repeat(10), 500)).toEqual({ input: 10, output: 500 })
  })
})

describe('the price of a model', () => {
  it('is the team’s own before the list', () => {
    const own = { 'claude-opus-5-5': { inputMicroUsd: 1, outputMicroUsd: 2 } }
    expect(priceOf('claude-opus-5-5', own)).toEqual({ inputMicroUsd: 1, outputMicroUsd: 2 })
    expect(priceOf('claude-opus-5-5')).toEqual({ inputMicroUsd: 4_000_000, outputMicroUsd: 20_000_000 })
  })

  it('holds for a dated version of it, and for no other model that begins alike', () => {
    expect(priceOf('claude-haiku-4-5-20251001')).toEqual(listPrices['claude-haiku-4-5'])
    expect(priceOf('gpt-5.5-2026-04-23')).toEqual(listPrices['gpt-5.5'])
    expect(priceOf('gpt-5.5-pro')).toEqual(unknownPrice)
  })

  it('is that of the dearest for one that nobody knows', () => {
    expect(priceOf('constructor')).toEqual({ inputMicroUsd: 30_000_000, outputMicroUsd: 180_000_000 })
    for (const { inputMicroUsd, outputMicroUsd } of Object.values(listPrices)) {
      expect(inputMicroUsd).toBeLessThanOrEqual(unknownPrice.inputMicroUsd)
      expect(outputMicroUsd).toBeLessThanOrEqual(unknownPrice.outputMicroUsd)
    }
  })
})
