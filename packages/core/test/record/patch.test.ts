import fc from 'fast-check'
import { applyPatch } from 'rfc6902'
import { describe, expect, it } from 'vitest'

import { canonical, difference, isRosterError, patched, type Json, type Operation } from '../../src/index.ts'

/** JSON with the keys that libraries trip over: `constructor`, `prototype`, `/`, `~` and the empty one. */
const hostileKey = fc.oneof(
  fc.constantFrom('constructor', 'prototype', 'toString', 'a/b', 'm~n', '', '0', '-', 'length'),
  fc.string({ maxLength: 4 }),
)
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false, 0, 1, -1.5, '', 'a', 'text'),
    fc.array(tie('value'), { maxLength: 6 }),
    fc
      .dictionary(
        hostileKey.filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 5 },
      )
      .map((members) => ({ ...members })),
  ),
})).value

describe('a patch', () => {
  it('turns any value into any other', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(patched(before, difference(before, after))).toEqual(after)
      }),
      { numRuns: 2000, seed: 1 },
    )
  })

  it('leaves the value before it as it was', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const text = canonical(before)
        patched(before, difference(before, after))
        expect(canonical(before)).toBe(text)
      }),
      { numRuns: 500, seed: 2 },
    )
  })

  it('is empty for equal values, and only for them', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(difference(before, after).length === 0).toBe(canonical(before) === canonical(after))
        expect(difference(before, JSON.parse(JSON.stringify(before)) as Json)).toEqual([])
      }),
      { numRuns: 1000, seed: 3 },
    )
  })

  it('means the same to another implementation of RFC 6902', () => {
    const unharmed = json.filter((value) => !/constructor|prototype/.test(canonical(value)))
    fc.assert(
      fc.property(unharmed, unharmed, (before, after) => {
        const holder = { root: JSON.parse(JSON.stringify(before)) as unknown }
        const operations = difference(before, after).map((operation) => ({
          ...operation,
          path: `/root${operation.path}`,
        }))
        expect(applyPatch(holder, operations as never).every((error) => error === null)).toBe(true)
        expect(holder.root).toEqual(after)
      }),
      { numRuns: 1000, seed: 4 },
    )
  })

  it('counts a member that is undefined as absent', () => {
    const before = { a: 1, b: undefined } as unknown as Json
    const after = { a: undefined, b: 2 } as unknown as Json
    expect(difference(before, after)).toEqual([{ op: 'remove', path: '/a' }, { op: 'add', path: '/b', value: 2 }]) // prettier-ignore
  })

  it('says in one operation that something was added to a long list, and shares the rest', () => {
    const turns = Array.from({ length: 5000 }, (_, index) => ({ turn: index }))
    const before = { turns, other: { kept: true } }
    const operations = difference(before, { ...before, turns: [...turns, { turn: 5000 }] })
    expect(operations).toEqual([{ op: 'add', path: '/turns/5000', value: { turn: 5000 } }])
    expect((patched(before, operations) as typeof before).other).toBe(before.other)
  })

  it('says in one operation that something was taken from the head of a list', () => {
    expect(difference([1, 2, 3, 4], [2, 3, 4])).toEqual([{ op: 'remove', path: '/0' }])
  })

  it.each<readonly [string, Json, Operation]>([
    ['a member that is not there', {}, { op: 'remove', path: '/a' }],
    ['a member that only the prototype has', {}, { op: 'replace', path: '/constructor', value: 1 }],
    ['an index beyond the end', [1], { op: 'add', path: '/2', value: 1 }],
    ['an index that is no number', [1], { op: 'replace', path: '/length', value: 0 }],
    ['a member of a number', { a: 1 }, { op: 'add', path: '/a/b', value: 1 }],
    ['the prototype', {}, { op: 'add', path: '/__proto__', value: {} }],
    ['without a value', { a: 1 }, { op: 'replace', path: '/a' }],
    ['by a verb that we never write', { a: 1 }, { op: 'move', from: '/a', path: '/b' }],
    ['the whole by nothing', { a: 1 }, { op: 'remove', path: '' }],
  ])('is refused when it changes %s', (_, before, operation) => {
    expect(() => patched(before, [operation])).toThrow(expect.objectContaining({ code: 'chain-broken' }))
  })

  it('is refused with the path of the operation that does not fit', () => {
    let error: unknown
    try {
      patched({ a: [] }, [{ op: 'remove', path: '/a/0' }])
    } catch (thrown) {
      error = thrown
    }
    expect(isRosterError(error, 'chain-broken') && error.path).toBe('/a/0')
  })
})
