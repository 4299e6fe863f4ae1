import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { canonical } from '@roster/core'

describe('canonical text', () => {
  it('is that of RFC 8785, as another implementation writes it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }), (value) => {
        expect(canonical(value as never)).toBe(canonicalize(value))
      }),
      { numRuns: 2000, seed: 8785 },
    )
  })

  it.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ 10: 'ten', 9: 'nine' }, '{"10":"ten","9":"nine"}'],
    [{ '\u{1f600}': 1, '\ufb33': 2 }, '{"\u{1f600}":1,"\ufb33":2}'],
    [[-0, 1e21, 1e-7, 333333333.3333333], '[0,1e+21,1e-7,333333333.3333333]'],
    [{ kept: null, gone: undefined }, '{"kept":null}'],
    ['"\\\u0000\u001f\u007f\u2028/', '"\\"\\\\\\u0000\\u001f\u007f\u2028/"'],
    [{ ['a"b']: {} }, '{"a\\"b":{}}'],
    [[], '[]'],
    [{}, '{}'],
  ])('of %j is %s', (value, text) => {
    expect(canonical(value as never)).toBe(text)
  })

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ '\udc00': 1 }], [`${'x'.repeat(100)}\ud800`]])(
    'is refused of %j, which JSON cannot carry',
    (value) => {
      expect(() => canonical(value as never)).toThrow(TypeError)
    },
  )
})
