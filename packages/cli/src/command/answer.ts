import type { Terminal } from '../terminal/terminal.ts'
import { paintFor, type Paint } from '../terminal/paint.ts'

/** How a command answers: JSON on standard output if asked, else text. */
export interface Answer {
  readonly json: boolean
  readonly paint: Paint
  /** The whole answer. */
  whole(value: unknown, text: (paint: Paint) => string): void
  /** One of many: a line each. */
  line(value: unknown, text: (paint: Paint) => string): void
  /** Something beside the answer, for a person only. */
  note(text: string): void
}

export function answerOn(terminal: Terminal, json: boolean): Answer {
  const paint = paintFor(terminal.colours)
  const write = (text: string): void => void terminal.output.write(`${text}\n`)
  return {
    json,
    paint,
    whole: (value, text) =>
      write(json ? JSON.stringify(value, null, terminal.width === undefined ? undefined : 2) : text(paint)),
    line: (value, text) => write(json ? JSON.stringify(value) : text(paint)),
    note: (text) => {
      if (!json) terminal.errors.write(`${text}\n`)
    },
  }
}
