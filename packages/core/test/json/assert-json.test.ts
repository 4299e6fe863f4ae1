import { describe, expect, it } from 'vitest'

import { asJson, assertJson, isRosterError } from '../../src/index.ts'

const cycle: { self?: unknown } = {}
cycle.self = cycle
const parsedPrototype: unknown = JSON.parse('{"a":{"__proto__":{"admin":true}}}')

describe('a value that is to be stored', () => {
  it('may be anything that JSON text gives back as it was', () => {
    const value = {
      constructor: 'a name like any other',
      list: [1, -2.5, null, true],
      nested: { empty: {}, none: [] },
      text: 'ä 😀',
    }
    expect(() => assertJson(value)).not.toThrow()
    expect(asJson(value)).toBe(value)
  })

  it('may have members that are undefined: they count as absent', () => {
    expect(asJson({ a: 1, b: undefined, c: [{ d: undefined }] })).toStrictEqual({ a: 1, c: [{}] })
  })

  it('comes back with its members in the order of their names, indices first, as every object lists them', () => {
    const value = { b: 1, 10: 2, a: { d: 1, c: 2 }, 9: 3, '09': 4, 4294967295: 5 }
    expect(Object.keys(asJson(value) as object)).toEqual(['9', '10', '09', '4294967295', 'a', 'b'])
    expect(JSON.stringify(asJson(value))).toContain('{"c":2,"d":1}')
    const ordered = asJson(value)
    expect(asJson(ordered)).toBe(ordered)
  })

  it('comes back without what text would lose, and the value itself stays as it was', () => {
    const value = { list: [0, -0], gone: undefined }
    expect(Object.is((asJson(value) as { list: number[] }).list[1], 0)).toBe(true)
    expect(Object.is(value.list[1], -0)).toBe(true)
    expect('gone' in value).toBe(true)
  })

  it.each<readonly [string, unknown, string]>([
    ['undefined', undefined, ''],
    ['undefined in a list', { list: [1, undefined] }, '/list/1'],
    ['a hole in a list', { list: Array(2) }, '/list/0'],
    ['a function', { run: () => 1 }, '/run'],
    ['a symbol', [Symbol('s')], '/0'],
    ['a bigint', { amount: 1n }, '/amount'],
    ['a date', { at: new Date(0) }, '/at'],
    ['a map', { index: new Map() }, '/index'],
    ['NaN', { 'a/b': Number.NaN }, '/a~1b'],
    ['infinity', [-Infinity], '/0'],
    ['an integer beyond 2^53', { id: 2 ** 53 }, '/id'],
    ['half of a surrogate pair', { name: 'x\uD800' }, '/name'],
    ['a key with half of a surrogate pair', { deep: { '\uDC00': 1 } }, '/deep'],
    ['a prototype', parsedPrototype, '/a/__proto__'],
  ])('is refused when it holds %s, with the path', (_, value, path) => {
    let error: unknown
    try {
      assertJson(value)
    } catch (thrown) {
      error = thrown
    }
    expect(isRosterError(error, 'not-json')).toBe(true)
    expect(error).toMatchObject({ path })
  })

  it('is refused when it holds itself, or is nested beyond reason', () => {
    expect(() => assertJson(cycle)).toThrow('nested deeper than 512 levels')
    expect(() => assertJson(JSON.parse(`${'['.repeat(600)}${']'.repeat(600)}`))).toThrow(
      'nested deeper than 512 levels',
    )
  })

  it('is named from where it is found', () => {
    expect(() => assertJson([Number.NaN], '/context')).toThrow('/context/0 is NaN')
  })
})
