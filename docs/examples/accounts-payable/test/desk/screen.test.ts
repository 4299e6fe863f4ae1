import { describe, expect, it } from 'vitest'
import { emptyBoard, shown, type Board } from '../../src/desk/screen/board.ts'
import { frame } from '../../src/desk/screen/frame.ts'
import { safeText } from '../../src/desk/screen/safe-text.ts'
import { wrap } from '../../src/desk/screen/wrap.ts'

const same = (text: string) => text
const paint = { strong: same, quiet: same, good: same, notable: same, bad: same }

function boardOf(count: number): Board {
  let board = emptyBoard
  for (let index = 0; index < count; index += 1) {
    const at = { task: `t${index}`, document: `document-${index}-with-a-rather-long-name-that-goes-on.xml` }
    board = shown(board, { type: 'task', ...at, known: false })
    board = shown(board, { type: 'progress', ...at, who: 'playbook', does: 'matching' })
    board = shown(board, { type: 'progress', ...at, who: 'matcher', does: 'match-invoice' })
    if (index % 2 === 0)
      board = shown(board, {
        type: 'outcome',
        ...at,
        status: 'done',
        outcome: 'paid',
        why: 'why '.repeat(60),
        error: null,
      })
  }
  return board
}

describe('the screen', () => {
  it.each([
    [80, 24, 18],
    [120, 40, 18],
    [80, 24, 60],
    [40, 10, 60],
  ])('fits %i by %i with %i documents', (columns, rows, count) => {
    const lines = frame(boardOf(count), { columns, rows }, 3, paint)
    expect(lines.length).toBeLessThan(rows)
    for (const line of lines) expect(line.length).toBeLessThan(columns)
  })

  it('shows those that still move first when there is no room for all', () => {
    const lines = frame(boardOf(60), { columns: 80, rows: 24 }, 0, paint)
    expect(lines.filter((line) => line.includes('matching · matcher'))).toHaveLength(19)
    expect(lines.at(-2)).toBe('  … and 41 more')
  })

  it('is not written by what a document says', () => {
    expect(safeText('a\u001B[2Jb\u202Ec')).toBe('a [2Jb c')
    expect(wrap('one two three', 9, '  ')).toEqual(['  one', '  two', '  three'])
  })
})
