import { satisfies, type AppendRequest, type AppendResult, type SealedRecord } from '@roster/core'

/** What an append store is, in as few lines as can be: the contract's property tests compare every adapter with it. */
export class HistoryModel {
  readonly #streams = new Map<string, SealedRecord[]>()
  readonly #pending = new Set<string>()
  readonly #order: SealedRecord[] = []

  bring(id: string): void {
    this.#pending.add(id)
  }

  append(requests: readonly AppendRequest[]): readonly AppendResult[] {
    const refused = new Set<string>()
    return requests.map((request) => {
      const { stream, record, cause, expected } = request
      const history = this.of(stream)
      if (cause !== null && !this.#pending.has(cause.id)) {
        refused.add(stream)
        return { kind: 'duplicate', version: history.length }
      }
      if (refused.has(stream) || !satisfies(expected, history.length)) {
        refused.add(stream)
        return { kind: 'conflict', actual: history.length }
      }
      if (cause !== null) this.#pending.delete(cause.id)
      for (const { id } of request.pending) this.#pending.add(id)
      this.#streams.set(stream, [...history, record])
      return { kind: 'appended', version: record.version, position: this.#order.push(record) }
    })
  }

  of(stream: string): readonly SealedRecord[] {
    return this.#streams.get(stream) ?? []
  }

  get order(): readonly SealedRecord[] {
    return this.#order
  }

  get pending(): ReadonlySet<string> {
    return this.#pending
  }
}
