import type { Usage } from '../model/usage.ts'

/** What a model costs, in millionths of a US dollar for a million tokens: $3 is 3,000,000. */
export interface Price {
  readonly inputMicroUsd: number
  /** Reasoning is output. */
  readonly outputMicroUsd: number
}

/** What a provider counted in one call. */
export interface TokenCount {
  readonly input: number
  readonly output: number
  /** The part of the input that was written to the provider's cache, which costs a quarter more. @defaultValue 0 */
  readonly cacheWrite?: number
}

const million = 1_000_000

/** The usage of one call, rounded up to a whole millionth. What was read from a cache counts in full, so it is never too little. */
export function priced({ input, output, cacheWrite = 0 }: TokenCount, { inputMicroUsd, outputMicroUsd }: Price): Usage {
  const costMicroUsd = Math.ceil(((input + cacheWrite / 4) * inputMicroUsd + output * outputMicroUsd) / million)
  return { costMicroUsd, tokens: input + output, modelCalls: 1 }
}

/**
 * The most that a call can have used whose own count is not known, because it was cut off: what is not known is never free. A token
 * is at least two bytes of text here; in English it is about four.
 */
export function atMost(sent: string, maxOutputTokens: number): TokenCount {
  return { input: Math.ceil(new TextEncoder().encode(sent).length / 2), output: maxOutputTokens }
}
