import { expect, it } from 'vitest'

import { parsed } from '../../src/json/parsed.ts'

it('reads what is small, flat and JSON', () => {
  expect(parsed('{"a":["[[[[","\\"[{",1]}', 100, 2)).toEqual({ ok: true, value: { a: ['[[[[', '"[{', 1] } })
})

it.each([
  ['"äöü"', 'size-exceeded'],
  ['[[[0]]]', 'size-exceeded'],
  ['[{"a":[]}]', 'size-exceeded'],
  ['{"a":', 'not-json'],
  ['1e999', 'not-json'],
  ['""', undefined],
])('%s: %s', (text, code) => {
  const result = parsed(text, text.includes('ä') ? 7 : 100, 2)
  expect(result.ok ? undefined : result.failure.code).toBe(code)
})
