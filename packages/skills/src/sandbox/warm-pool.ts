import type { Cell, StartCell } from './cell.ts'

/** How many cells there are. */
export interface PoolSize {
  /** Cells that wait ready for the next program. */
  readonly warm: number
  /** Programs that run at the same time; others wait. */
  readonly running: number
}

/**
 * Cells, each used once.
 *
 * P1 A cell is never given twice, and is ended when its use is over.
 * P2 At most `running` cells are in use: a flood of programs leaves processors for the host.
 */
export class WarmPool implements AsyncDisposable {
  readonly #start: StartCell
  readonly #size: PoolSize
  readonly #warm: Promise<Cell>[] = []
  readonly #waiting: (() => void)[] = []
  readonly #used = new Set<Promise<void>>()
  #running = 0
  #closed = false

  constructor(start: StartCell, size: PoolSize) {
    this.#start = start
    this.#size = size
  }

  /** Uses a fresh cell, as soon as there is room for it. */
  async use<T>(work: (cell: Cell) => Promise<T>): Promise<T> {
    await this.#room()
    const cell = await this.#fresh()
    try {
      return await work(cell)
    } finally {
      // The next may begin when this one is gone; who waits for the outcome does not wait for that.
      this.#leave(cell.end())
    }
  }

  /** Starts the cells that wait ready. */
  fill(): void {
    while (!this.#closed && this.#warm.length < this.#size.warm) {
      const cell = this.#start()
      // Whoever takes it learns why it could not be started.
      cell.catch(() => {})
      this.#warm.push(cell)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    const ends = this.#warm.splice(0).map(async (cell) => await (await cell).end())
    await Promise.allSettled([...ends, ...this.#used])
  }

  async #room(): Promise<void> {
    if (this.#running >= this.#size.running) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running += 1
  }

  async #fresh(): Promise<Cell> {
    try {
      for (;;) {
        const cell = await (this.#warm.shift() ?? this.#start())
        // One that waited may have ended meanwhile.
        if (!cell.isGone()) return cell
      }
    } catch (error) {
      this.#leave(Promise.resolve())
      throw error
    }
  }

  #leave(gone: Promise<void>): void {
    const left = this.#handOn(gone).finally(() => this.#used.delete(left))
    this.#used.add(left)
  }

  async #handOn(gone: Promise<void>): Promise<void> {
    await gone.catch(() => {})
    const next = this.#waiting.shift()
    if (next === undefined) this.#running -= 1
    else next()
    this.fill()
  }
}
