import type { DeskEvent } from '../desk-event.ts'

/** One document on the board. */
export interface Row {
  readonly document: string
  readonly state: string
  /** Who is on it now, in the order in which they began. */
  readonly who: readonly string[]
  readonly outcome: string | null
  readonly why: string
}

/** What the screen shows: a fold over the events of a run. */
export interface Board {
  readonly started: Extract<DeskEvent, { type: 'started' }> | null
  readonly rows: ReadonlyMap<string, Row>
  readonly denials: number
  readonly approvals: number
}

export const emptyBoard: Board = { started: null, rows: new Map(), denials: 0, approvals: 0 }

/** The board after an event. */
export function shown(board: Board, event: DeskEvent): Board {
  switch (event.type) {
    case 'started':
      return { ...board, started: event }
    case 'task':
      return withRow(board, event.task, { document: event.document, state: 'waiting', who: [], outcome: null, why: '' })
    case 'progress':
      return progressed(board, event)
    case 'outcome':
      return changed(board, event.task, { outcome: event.outcome, why: event.why, who: [] })
    case 'denial':
      return { ...board, denials: board.denials + 1 }
    case 'approval':
      return { ...board, approvals: board.approvals + 1 }
    default:
      return board
  }
}

function progressed(board: Board, { task, who, does }: Extract<DeskEvent, { type: 'progress' }>): Board {
  if (who === 'playbook') return changed(board, task, { state: does })
  const others = (board.rows.get(task)?.who ?? []).filter((one) => one !== who)
  return changed(board, task, { who: does === '' ? others : [...others, who] })
}

function changed(board: Board, task: string, change: Partial<Row>): Board {
  const row = board.rows.get(task)
  return row === undefined ? board : withRow(board, task, { ...row, ...change })
}

function withRow(board: Board, task: string, row: Row): Board {
  return { ...board, rows: new Map([...board.rows, [task, row]]) }
}
