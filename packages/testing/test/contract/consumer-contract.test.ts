import { RosterError } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { shortfallOf } from '../../src/contract/expectation.ts'
import { contractOf, type Provider } from '../../src/index.ts'

const Query = z.object({ query: z.string().min(1) })
const Hits = z.array(z.string())

function search(find: (query: string) => unknown): Provider {
  return { name: 'search', options: { input: Query, output: Hits, run: ({ query }: { query: string }) => find(query) } }
}

const finds = { given: { query: 'tides' }, answers: (hits: readonly string[]) => hits.length > 0 }
const refusesNothing = { given: { query: '' }, refuses: 'input-invalid' } as const

const forWriter = contractOf({
  of: 'search',
  by: 'writer',
  expects: {
    'finds something by a word': finds,
    'answers with texts': { ...finds, answers: Hits },
    'refuses no word at all': refusesNothing,
  },
})

forWriter(search((query) => [`All about ${query}`]))

contractOf({
  of: 'researcher/research',
  by: 'the brief',
  expects: {
    'answers with sources': { given: { topic: 'tides' }, answers: z.object({ sources: Hits }) },
    'refuses what is none of its business': { given: { topic: '' }, refuses: 'refused' },
  },
})(async (given) => {
  if ((given as { topic: string }).topic === '') throw new RosterError('refused', 'there is no topic')
  return { sources: ['An almanac'] }
})

describe('a provider that a consumer could not go on with', () => {
  it.each([
    ['answers otherwise', search(() => []), finds, 'not what is expected'],
    ['answers what its own contract does not let through', search(() => 7), finds, 'refused as output-invalid'],
    [
      'takes what it has to refuse',
      search(() => []),
      { ...refusesNothing, given: { query: 'x' } },
      'instead of refusing',
    ],
    [
      'refuses for another reason',
      search(() => []),
      { ...refusesNothing, refuses: 'denied' as const },
      'not as denied',
    ],
    [
      'throws',
      search(() => {
        throw new Error('no catalogue')
      }),
      finds,
      'tool-failed: no catalogue',
    ],
    [
      'answers in another form',
      search(() => ['x']),
      { given: { query: 'x' }, answers: z.array(z.number()) },
      'the answer',
    ],
  ])('%s', async (_, provider, expectation, says) => {
    expect(await shortfallOf(provider, expectation)).toContain(says)
  })
})
