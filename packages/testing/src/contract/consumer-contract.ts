import { describe, expect, it } from 'vitest'

import { shortfallOf, type Expectation, type Provider } from './expectation.ts'

/** What a consumer expects of a tool, or of a kind of a colleague's work. */
export interface ConsumerContract {
  /** What it is about: `search`, `researcher/research`. */
  readonly of: string
  /** Whose expectations they are: `writer`. */
  readonly by: string
  /** By name, each a sentence. */
  readonly expects: Readonly<Record<string, Expectation>>
}

/**
 * What a consumer expects of a tool or a colleague, as a suite that the provider runs against itself: a change that would break the
 * consumer breaks the provider's own tests, before it is loaded. A tool is called within its contract, as the host would.
 *
 * @example
 * // the consumer, beside its own tests
 * export const searchForWriter = contractOf({ of: 'search', by: 'writer', expects: { 'finds by a word': { given: { query: 'tides' }, answers: Hits } } })
 * // the provider, in its tests
 * searchForWriter(search)
 */
export function contractOf({ of, by, expects }: ConsumerContract): (provider: Provider) => void {
  return (provider) => {
    describe(`${of}, as ${by} expects it`, () => {
      it.each(Object.entries(expects))('%s', async (_, expectation) => {
        expect(await shortfallOf(provider, expectation)).toBeNull()
      })
    })
  }
}
