/** A place in a file, both counted from 1, as editors count. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A text with the places that Cedar means: it counts UTF-8 bytes, editors count characters. */
export class SourceText {
  readonly #bytes: Buffer

  constructor(text: string) {
    this.#bytes = Buffer.from(text, 'utf8')
  }

  /** The place of a byte offset. */
  placeOf(offset: number): Place {
    const before = this.#bytes.subarray(0, offset).toString('utf8').split('\n')
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
  }

  /** The text between two byte offsets. */
  slice(start: number, end: number): string {
    return this.#bytes.subarray(start, end).toString('utf8')
  }

  /** The byte offset of the first `search` at or after `from`; -1 if there is none. */
  indexOf(search: string, from: number): number {
    return this.#bytes.indexOf(search, from, 'utf8')
  }
}
