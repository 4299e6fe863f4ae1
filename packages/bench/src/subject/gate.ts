/** Lets work through while it is open; what comes while it is closed waits. */
export class Gate {
  #open = false
  #waiting: (() => void)[] = []

  get isOpen(): boolean {
    return this.#open
  }

  open(): void {
    this.#open = true
    const waiting = this.#waiting
    this.#waiting = []
    for (const go of waiting) go()
  }

  close(): void {
    this.#open = false
  }

  async pass(): Promise<void> {
    while (!this.#open) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}
