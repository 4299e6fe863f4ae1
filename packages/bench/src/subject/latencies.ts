/** Latencies of a slice, in milliseconds. */
export class Latencies {
  #values: number[] = []

  add(seconds: number): void {
    this.#values.push(seconds * 1000)
  }

  /** Answers them and begins anew. */
  take(): readonly number[] {
    const values = this.#values
    this.#values = []
    return values
  }
}
