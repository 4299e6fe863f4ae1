import type { ToCell } from './protocol.ts'

/** What hears of a cell. */
export interface CellListener {
  /** Whatever it said, unchecked. */
  readonly said: (message: unknown) => void
  /** It has ended by itself; `memory` when the system ended it for want of memory. */
  readonly ended: (why: 'memory' | 'crash') => void
}

/** A place for one program: started before it is needed, used once, thrown away. */
export interface Cell {
  readonly tell: (message: ToCell) => void
  /** Who hears of it from now on; there is one. */
  readonly listen: (listener: CellListener) => void
  /** Whether it has ended, by itself or not. */
  readonly isGone: () => boolean
  /** Ends it whatever it does. Resolves when it is gone. */
  readonly end: () => Promise<void>
}

/** Starts a cell, and answers when it is ready to take a program. */
export type StartCell = () => Promise<Cell>
