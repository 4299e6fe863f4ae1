import { describe, expect, it } from 'vitest'

import { add, amounts, exceeded, least, nothing, subtract, type Amounts, type LimitId } from '../../src/index.ts'

/** Given a grant, what is held and what was used, when this is wanted, then this limit stands in the way. */
function given(granted: Partial<Amounts>, held: Partial<Amounts> = {}, used: Partial<Amounts> = {}) {
  const budget = { id: 'b', granted: amounts(granted), held: amounts(held), used: amounts(used) }
  return {
    when: (wanted: Partial<Amounts>) => ({
      then: (limit: LimitId | undefined): void => expect(exceeded(budget, amounts(wanted))).toBe(limit),
    }),
  }
}

describe('a budget', () => {
  it('has room up to its grant', () => {
    given({ tokens: 100 }, { tokens: 10 }, { tokens: 70 }).when({ tokens: 20 }).then(undefined)
  })

  it('has none beyond: what is held counts like what was used', () => {
    given({ tokens: 100 }, { tokens: 10 }, { tokens: 70 }).when({ tokens: 21 }).then('tokens')
  })

  it('names the first limit that is reached', () => {
    given({ costMicroUsd: 1, toolCalls: 1 }).when({ toolCalls: 2, costMicroUsd: 2 }).then('costMicroUsd')
  })

  it('that was overspent has room for nothing more, but for nothing', () => {
    given({ tokens: 10 }, {}, { tokens: 12 }).when({ tokens: 1 }).then('tokens')
    given({ tokens: 10 }, {}, { tokens: 10 }).when({ toolCalls: 0 }).then(undefined)
  })
})

describe('amounts', () => {
  const one = amounts({ tokens: 5, toolCalls: 2 })
  const other = amounts({ tokens: 3, modelCalls: 1 })

  it('are added, subtracted and compared limit by limit, and are never below nothing', () => {
    expect(add(one, other)).toEqual(amounts({ tokens: 8, toolCalls: 2, modelCalls: 1 }))
    expect(subtract(one, other)).toEqual(amounts({ tokens: 2, toolCalls: 2 }))
    expect(subtract(other, one)).toEqual(amounts({ modelCalls: 1 }))
    expect(least(one, other)).toEqual(amounts({ tokens: 3 }))
    expect(add(one, nothing)).toEqual(one)
  })
})
