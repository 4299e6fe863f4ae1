import { describe, expect, it } from 'vitest'

import { columns, cut, facts } from '../../src/terminal/columns.ts'

describe('columns', () => {
  it('are aligned, also where a cell is coloured', () => {
    expect(
      columns([
        ['a', '\u001b[1mlong\u001b[22m', 'x'],
        ['bbb', 's', 'y'],
      ]),
    ).toBe('a    \u001b[1mlong\u001b[22m  x\nbbb  s     y')
  })

  it('are aligned to the right where they count', () => {
    expect(
      columns(
        [
          ['a', '5'],
          ['b', '1200'],
        ],
        [1],
      ),
    ).toBe('a     5\nb  1200')
  })

  it('leave no blanks at the end of a line', () => {
    expect(
      columns([
        ['a', ''],
        ['b', 'x'],
      ]),
    ).toBe('a\nb  x')
  })
})

describe('facts', () => {
  it('leave out what is not known', () => {
    expect(facts({ task: 'T1', error: undefined, hint: '', cost: '$0' })).toBe('task  T1\ncost  $0')
  })
})

describe('a cut text', () => {
  it('says that it was cut', () => {
    expect([cut('abcdef', 6), cut('abcdefg', 6)]).toEqual(['abcdef', 'abcde…'])
  })
})
