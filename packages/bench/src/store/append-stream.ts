import {
  amounts,
  canonical,
  genesis,
  partitionOf,
  type AppendRequest,
  type Fence,
  type NewPending,
  type SealedRecord,
} from '@roster/core'

/** A record of 1 KB: its envelope and its body. The store looks into neither, so all are alike and cost nothing to make. */
const envelope = canonical({ text: 'x'.repeat(700 - 11) })
const body = canonical({ text: 'x'.repeat(324 - 11) })
/** What a message and an intent carry. */
const rowBody = canonical({ text: 'x'.repeat(300 - 11) })

/** One actor's stream as the store sees it: each request consumes the message that the one before it sent. */
export class AppendStream {
  readonly stream: string
  readonly #name: string
  readonly #fence: Fence
  #version = 0
  #hash = genesis

  constructor(name: string, fences: readonly Fence[]) {
    this.#name = name
    this.stream = `bench/agent/${name}`
    const partition = partitionOf(this.stream)
    const fence = fences.find((one) => one.partition === partition)
    if (fence === undefined) throw new Error(`partition ${partition} is not owned`)
    this.#fence = fence
  }

  /** The message that the first request consumes. */
  first(): NewPending {
    return this.#row(`${this.#name}/m0`, 'message')
  }

  /** The whole append of one step: record, head, cause consumed, one message, one intent, one hold. */
  next(): AppendRequest {
    const version = (this.#version += 1)
    const record = this.#record(version)
    this.#hash = record.hash
    const effect = `${this.#name}/e${version}`
    return {
      stream: this.stream,
      expected: version === 1 ? 'no-stream' : version - 1,
      fence: this.#fence,
      cause: { id: `${this.#name}/m${version - 1}` },
      record,
      pending: [this.#row(`${this.#name}/m${version}`, 'message'), this.#row(effect, 'effect')],
      cancel: [],
      budget: [{ kind: 'hold', budget: this.stream, hold: effect, amounts: amounts({ tokens: 1, modelCalls: 1 }) }],
      final: false,
    }
  }

  #record(version: number): SealedRecord {
    const hash = version.toString(16).padStart(64, '0')
    return {
      id: `${this.#name}/r${version}`.padEnd(26, '0'),
      stream: this.stream,
      version,
      correlationId: this.#name.padEnd(26, '0'),
      kind: 'stepped',
      at: 1_767_225_600_000 + version,
      envelope,
      body,
      salt: hash.slice(32),
      previousHash: this.#hash,
      hash,
    }
  }

  #row(id: string, kind: 'message' | 'effect'): NewPending {
    return {
      id,
      kind,
      stream: this.stream,
      sender: this.stream,
      type: kind === 'message' ? 'next' : 'think',
      control: false,
      dueAt: null,
      expiresAt: null,
      body: rowBody,
      lease: kind === 'effect' ? { token: 'bench', ms: 600_000 } : null,
    }
  }
}
