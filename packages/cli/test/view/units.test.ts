import { describe, expect, it } from 'vitest'

import { stateText } from '../../src/view/state-text.ts'
import { counted, due, duration, money } from '../../src/view/units.ts'

describe('units', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_500, '1.5 s'],
    [60_000, '1 min'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
    [7 * 86_400_000, '7 days'],
  ])('%i ms is %s', (ms, text) => expect(duration(ms)).toBe(text))

  it.each([
    [0, '$0'],
    [1, '$0.000001'],
    [800, '$0.0008'],
    [100_000, '$0.1'],
    [1_234_567, '$1.2346'],
    [2_000_000, '$2'],
  ])('%i micro-USD is %s', (microUsd, text) => expect(money(microUsd)).toBe(text))

  it('says what is over, and how long there is still time', () => {
    expect(due(1_000, 2_000)).toMatch(/\(over\)$/)
    expect(due(3_600_000, 0)).toMatch(/\(in 1 h\)$/)
  })

  it('counts one as one', () => {
    expect([counted(1, 'record'), counted(0, 'record'), counted(2, 'reply', 'replies')]).toEqual([
      '1 record',
      '0 records',
      '2 replies',
    ])
  })
})

describe('a state value', () => {
  it.each([
    [null, ''],
    ['paid', 'paid'],
    [{ paying: 'waiting' }, 'paying.waiting'],
    [{ left: 'a', right: { b: 'c' } }, 'left.a + right.b.c'],
    [{ paying: {} }, 'paying'],
  ])('%j is %s', (value, text) => expect(stateText(value)).toBe(text))
})
