import { describe, expect, it } from 'vitest'

import { safeJson, safeText } from '../../src/terminal/safe-text.ts'

describe('text from outside', () => {
  it('cannot move the cursor, clear the screen or colour what follows', () => {
    expect(safeText('paid\u001b[2J\u001b[1;1Happroved')).toBe('paid\\u001b[2J\\u001b[1;1Happroved')
    expect(safeText('a\rb\u0007\u009b31m')).toBe('a\\u000db\\u0007\\u009b31m')
  })

  it('cannot turn the direction of writing or hide characters', () => {
    expect(safeText('1\u202e00.21\u202c')).toBe('1\\u202e00.21\\u202c')
    expect(safeText('pay\u200bpal')).toBe('pay\\u200bpal')
  })

  it('stays on its line, and keeps the letters of all languages', () => {
    expect(safeText('Zażółć\ngęślą\tjaźń 発注')).toBe('Zażółć gęślą jaźń 発注')
  })

  it('is shown without quotes where it is all that there is, and as JSON otherwise', () => {
    expect(safeJson('a "b"')).toBe('a "b"')
    expect(safeJson({ note: 'x\u202ey' })).toBe('{"note":"x\\u202ey"}')
  })
})
