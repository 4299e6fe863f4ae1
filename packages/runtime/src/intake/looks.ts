/** Something that is looked at again and again: one look is under way at a time, and all who ask meanwhile share the next one. */
export class Looks {
  readonly #look: () => Promise<void>
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(look: () => Promise<void>) {
    this.#look = look
  }

  /** Resolves when a look that began after this call has ended; rejects with what it threw. */
  ask(): Promise<void> {
    this.#next ??= this.#after(this.#running)
    return this.#next
  }

  /** Whether a look is under way or asked for. */
  get busy(): boolean {
    return this.#running !== undefined || this.#next !== undefined
  }

  /** Resolves when no look is under way, however it ended. */
  async idle(): Promise<void> {
    while (this.busy) await (this.#running ?? this.#next)?.catch(() => {})
  }

  async #after(before: Promise<void> | undefined): Promise<void> {
    await before?.catch(() => {})
    const mine = this.#next
    this.#running = mine
    this.#next = undefined
    try {
      await this.#look()
    } finally {
      if (this.#running === mine) this.#running = undefined
    }
  }
}
