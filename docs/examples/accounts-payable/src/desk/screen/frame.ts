import type { Board, Row } from './board.ts'
import { signOf, type Paint } from './paint.ts'
import { cell, cut } from './safe-text.ts'

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** How many documents there is room for. */
export function rowsFor(rows: number): number {
  return Math.max(1, rows - 4)
}

/** The board as lines that fit: those that still move first when there is no room for all. */
export function frame(board: Board, { columns, rows }: Size, tick: number, paint: Paint): readonly string[] {
  const all = [...board.rows.values()]
  const room = rowsFor(rows)
  const visible =
    all.length <= room ? all : [...all.filter(isOpen), ...all.filter((row) => !isOpen(row))].slice(0, room - 1)
  const hidden = all.length - visible.length
  const turn = spinner[tick % spinner.length] ?? ''
  return [
    title(board, columns, paint),
    ...visible.map((row) => line(row, columns, turn, paint)),
    ...(hidden === 0 ? [] : [paint.quiet(`  … and ${hidden} more`)]),
    footer(board, all, columns, paint),
  ]
}

function title({ started }: Board, columns: number, paint: Paint): string {
  if (started === null) return ''
  const team = 'Accounts payable'
  const rest = ` · ${started.folder}`
  return paint.strong(team) + paint.quiet(cut(rest, columns - team.length - 1))
}

function line({ document, state, who, outcome, why }: Row, columns: number, turn: string, paint: Paint): string {
  const nameWidth = Math.min(42, Math.floor(columns / 2) - 2)
  const name = cell(document.replace(/\.xml$/, ''), nameWidth)
  const rest = columns - nameWidth - 5
  if (outcome !== null) {
    const word = cell(outcome, 9)
    return `${signOf(outcome, paint)} ${name} ${word} ${paint.quiet(cut(why, rest - word.length))}`
  }
  const isPerson = state.startsWith('approving')
  const whom = who.join(', ')
  const text = cut(isPerson ? `${whom} must decide` : `${state}${whom === '' ? '' : ` · ${whom}`}`, rest)
  return `${isPerson ? paint.notable('?') : turn} ${name} ${isPerson ? paint.notable(text) : text}`
}

function footer({ approvals, denials }: Board, all: readonly Row[], columns: number, paint: Paint): string {
  const busy = new Map<string, number>()
  for (const name of all.flatMap(({ who }) => who)) busy.set(name, (busy.get(name) ?? 0) + 1)
  const working = [...busy].map(([name, count]) => `${name} ${count}`).join('  ')
  const ended = all.filter((row) => !isOpen(row)).length
  const counts = `${ended} of ${all.length} ended · ${approvals} decided by people · ${denials} denied by policy`
  return paint.quiet(cut(working === '' ? counts : `${counts} · ${working}`, columns - 1))
}

function isOpen({ outcome }: Row): boolean {
  return outcome === null
}
