/** Gives each distinct tuple of texts a place, from 1, in order of appearance: how a list refers to another in SQL. */
export class Places {
  readonly #places = new Map<string, number>()
  readonly #keys: (readonly string[])[] = []

  of(...key: readonly string[]): number {
    const text = key.length === 1 ? (key[0] ?? '') : JSON.stringify(key)
    const found = this.#places.get(text)
    if (found !== undefined) return found
    this.#keys.push(key)
    this.#places.set(text, this.#keys.length)
    return this.#keys.length
  }

  keys(): readonly (readonly string[])[] {
    return this.#keys
  }
}
