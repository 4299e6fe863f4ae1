import type { Price } from './price.ts'

/** Prices by model id. A team's own table is asked first. */
export type PriceTable = Readonly<Record<string, Price>>

/** List prices of the standard tier, for prompts of ordinary length, read on 2026-11-21. */
export const listPrices: PriceTable = {
  'claude-fable-5-1': price(10, 50),
  'claude-opus-5-5': price(4, 20),
  'claude-opus-5': price(5, 25),
  'claude-sonnet-5-5': price(2, 10),
  'claude-sonnet-5': price(2, 10),
  // The dearer of its two bands, for prompts of more than 100,000 tokens.
  'claude-haiku-5-5': price(0.5, 2.5),
  'claude-haiku-4-5': price(1, 5),
  'gpt-6-astra': price(10, 50),
  'gpt-6.1-sol': price(2, 10),
  'gpt-6.1-terra': price(1, 5),
  'gpt-6-sol': price(2, 10),
  'gpt-6-luna': price(0.1, 0.5),
  'gpt-5.6-sol': price(4, 20),
  'gpt-5.6-terra': price(2, 12),
  'gpt-5.6-luna': price(0.2, 1.2),
  'gpt-5.5': price(5, 30),
  'gpt-5.4': price(2.5, 15),
  'gpt-5.4-mini': price(0.75, 4.5),
}

/** What a model costs that is in no table: as much as the dearest that providers listed on that day, so that a budget holds anyway. */
export const unknownPrice: Price = price(30, 180)

/** The price of a model by its exact id, or by its id without a date at its end; else {@link unknownPrice}. */
export function priceOf(modelId: string, own: PriceTable = {}): Price {
  const undated = modelId.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '')
  for (const table of [own, listPrices]) {
    for (const id of [modelId, undated]) {
      const found = Object.hasOwn(table, id) ? table[id] : undefined
      if (found !== undefined) return found
    }
  }
  return unknownPrice
}

function price(inputUsd: number, outputUsd: number): Price {
  return { inputMicroUsd: Math.round(inputUsd * 1_000_000), outputMicroUsd: Math.round(outputUsd * 1_000_000) }
}
