/**
 * Messages that somebody said are stored.
 *
 * H1 A hint is looked into once. The second one of an id that was looked into changes nothing: it costs no look.
 * H2 What is forgotten (a new run begins with nothing seen) costs a look that finds nothing.
 */
export class Hints {
  readonly #seen = new Set<string>()
  #open = new Set<string>()

  get any(): boolean {
    return this.#open.size > 0
  }

  add(id: string): void {
    if (!this.#seen.has(id)) this.#open.add(id)
  }

  /** The hints that a look which begins now answers. */
  take(): readonly string[] {
    const taken = [...this.#open]
    this.#open = new Set()
    return taken
  }

  /** Puts back what a look did not get to. */
  putBack(ids: readonly string[]): void {
    for (const id of ids) this.add(id)
  }

  /** Remembers what needs no other look: it was taken, or is known to wait in the store. */
  see(ids: readonly string[]): void {
    for (const id of ids) {
      this.#seen.add(id)
      this.#open.delete(id)
    }
  }

  has(id: string): boolean {
    return this.#seen.has(id)
  }
}
