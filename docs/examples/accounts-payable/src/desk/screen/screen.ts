import type { DeskEvent } from '../desk-event.ts'
import { emptyBoard, shown, type Board } from './board.ts'
import { frame } from './frame.ts'
import type { Paint } from './paint.ts'

const frameMs = 80

/** Paints the board in place, in a terminal, until it is held or closed. */
export class Screen {
  readonly #out: NodeJS.WriteStream
  readonly #paint: Paint
  #board: Board = emptyBoard
  #lines = 0
  #tick = 0
  #timer: NodeJS.Timeout | undefined

  constructor(out: NodeJS.WriteStream, paint: Paint) {
    this.#out = out
    this.#paint = paint
  }

  tell(event: DeskEvent): void {
    this.#board = shown(this.#board, event)
    // Between two questions to a person nothing else is under way.
    if (event.type === 'approval' && this.#timer === undefined) return
    this.#timer ??= setInterval(() => this.#draw(), frameMs)
  }

  /** Leaves the last picture where it is; the next event paints a new one below. */
  hold(): void {
    if (this.#timer === undefined) return
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#draw()
    this.#lines = 0
  }

  #draw(): void {
    // A pseudo-terminal may say that it has no size.
    const columns = this.#out.columns || 80
    const rows = this.#out.rows || 24
    const lines = frame(this.#board, { columns, rows }, this.#tick, this.#paint)
    this.#tick += 1
    const back = this.#lines === 0 ? '' : `\u001B[${this.#lines}A`
    this.#out.write(`${back}${lines.map((line) => `\r\u001B[2K${line}\n`).join('')}\u001B[0J`)
    this.#lines = lines.length
  }
}
