import { describe, expect, it } from 'vitest'

import { canonical, endorsedBy, type Endorsement, type Json } from '../../src/index.ts'

const digestOf = (value: Json): string => canonical(value)

function check(name: string, value: Json, argument?: string): Endorsement {
  const endorsement = { check: name, tool: 'pay', argumentsDigest: digestOf(value) }
  return argument === undefined ? endorsement : { ...endorsement, argument }
}

/** Given these endorsements and closed arguments, when a tool is used with this, then each argument is vouched for so, or one is not. */
function given(endorsements: readonly Endorsement[], closed: readonly string[] = []) {
  return {
    when: (input: Json, tool = 'pay') => ({
      then: (expected: object): void =>
        expect(endorsedBy(endorsements, { tool, input, closed, digestOf })).toEqual(expected),
    }),
  }
}

describe('an endorsement', () => {
  it('of all arguments holds for exactly these', () => {
    const match = check('match', { iban: 'NL1', amount: 5 })
    given([match])
      .when({ amount: 5, iban: 'NL1' })
      .then({ endorsed: [{ argument: '', by: 'match' }] })
    given([match]).when({ amount: 6, iban: 'NL1' }).then({ argument: 'amount' })
  })

  it('of one argument holds for that one, with its exact value', () => {
    const known = check('known-account', 'NL1', 'iban')
    given([known])
      .when({ iban: 'NL1' })
      .then({ endorsed: [{ argument: 'iban', by: 'known-account' }] })
    given([known]).when({ iban: 'NL2' }).then({ argument: 'iban' })
    given([known]).when({ iban: 'NL1', note: 'hello' }).then({ argument: 'note' })
    given([known]).when({ other: 'NL1' }).then({ argument: 'other' })
  })

  it('comes from a contract that lets only closed values through, beside what checks vouch for', () => {
    given([check('known-account', 'NL1', 'iban')], ['currency'])
      .when({ iban: 'NL1', currency: 'EUR' })
      .then({
        endorsed: [
          { argument: 'iban', by: 'known-account' },
          { argument: 'currency', by: 'schema' },
        ],
      })
  })

  it('of another tool, or of nothing at all, is none', () => {
    given([check('match', { iban: 'NL1' })])
      .when({ iban: 'NL1' }, 'refund')
      .then({ argument: '' })
    given([check('match', 'x', 'iban')])
      .when({})
      .then({ argument: '' })
    given([check('match', 'x', 'iban')])
      .when('x')
      .then({ argument: '' })
    given([]).when({ iban: 'NL1' }).then({ argument: '' })
  })
})
