import { partitionCount, type AppendRequest, type StoredRecord } from '@roster/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newMessage } from '../pending/new-pending.ts'
import { sealedRecord } from '../record/sealed-record.ts'
import { HistoryModel } from './history-model.ts'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

/** The same every time. A failure prints seed and path, with which `fc.assert` repeats it. */
const parameters: fc.Parameters<[readonly Command[]]> = { seed: 20_260_101, numRuns: 30, verbose: 1 }

const streams = ['acme/agent/ada', 'acme/agent/bob', 'acme/task/1']
const everywhere = Array.from({ length: partitionCount }, (_, index) => index)

/** One request as it is generated: which stream, how far from the right version, and what it consumes and sends. */
interface Draft {
  readonly stream: number
  readonly ahead: number
  readonly cause: number | null
  readonly sends: number
}

type Command =
  | { readonly kind: 'append'; readonly drafts: readonly Draft[] }
  | { readonly kind: 'retry'; readonly call: number }
  | { readonly kind: 'bring' }
  | { readonly kind: 'read'; readonly stream: number; readonly from: number; readonly to: number }

const draft: fc.Arbitrary<Draft> = fc.record({
  stream: fc.nat(streams.length - 1),
  ahead: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1) }),
  cause: fc.option(fc.nat(7), { freq: 3 }),
  sends: fc.nat(2),
})

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('append' as const), drafts: fc.array(draft, { maxLength: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retry' as const), call: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'bring' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('read' as const), stream: fc.nat(2), from: fc.nat(6), to: fc.nat(6) }),
  },
)

/** Any sequence of appends, conflicts, duplicates, retries and reads is what the model says. */
export function historyContract(open: OpenStore): void {
  describe('any history', () => {
    it('is what the model says, answer by answer and record by record', { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 30 }), async (commands) => {
          await using run = await Run.open(open)
          for (const each of commands) await run.make(each)
          await run.end()
        }),
        parameters,
      )
    })
  })
}

/** One sequence of commands, made on the store and on the model. */
class Run implements AsyncDisposable {
  readonly #scene: Scene
  readonly #model = new HistoryModel()
  readonly #calls: (readonly AppendRequest[])[] = []
  #brought = 0

  private constructor(scene: Scene) {
    this.#scene = scene
  }

  static async open(open: OpenStore): Promise<Run> {
    return new Run(await Scene.open(open))
  }

  async make(each: Command): Promise<void> {
    if (each.kind === 'append') await this.#append(this.#requests(each.drafts))
    else if (each.kind === 'retry') await this.#append(this.#calls.at(-1 - each.call) ?? [])
    else if (each.kind === 'bring') await this.#bring()
    else await this.#read(streams[each.stream] ?? '', each.from, each.to)
  }

  /** Everything is as the model has it. */
  async end(): Promise<void> {
    const expected = this.#model.order.map((record, index) => ({ ...record, position: index + 1 }))
    expect(await this.#scene.store.readAll(0)).toEqual(expected)
    const pending = await this.#scene.store.pendingIn(everywhere, { dueBy: 0 })
    expect(new Set(pending.map(({ id }) => id))).toEqual(this.#model.pending)
    for (const stream of streams) {
      const last = this.#model.of(stream).at(-1)
      expect((await this.#scene.store.head(stream))?.hash).toBe(last?.hash)
    }
  }

  async #append(requests: readonly AppendRequest[]): Promise<void> {
    this.#calls.push(requests)
    expect(await this.#scene.store.append(requests)).toEqual(this.#model.append(requests))
  }

  async #bring(): Promise<void> {
    this.#brought += 1
    const id = `brought-${this.#brought}`
    await this.#scene.bring(newMessage(id))
    this.#model.bring(id)
  }

  async #read(stream: string, from: number, to: number): Promise<void> {
    const records: readonly StoredRecord[] = await this.#scene.store.read(stream, { from, to })
    const expected = this.#model.of(stream).filter(({ version }) => version >= from && version <= to)
    expect(records.map(({ hash }) => hash)).toEqual(expected.map(({ hash }) => hash))
  }

  /** Requests of one call: each continues its stream as if those before it were stored. */
  #requests(drafts: readonly Draft[]): readonly AppendRequest[] {
    const ends = new Map(streams.map((stream) => [stream, this.#model.of(stream).at(-1)]))
    const ids = [...this.#model.pending]
    return drafts.map(({ stream: index, ahead, cause, sends }, place) => {
      const stream = streams[index] ?? ''
      const name = `${this.#calls.length}.${place}`
      const record = sealedRecord({ stream, after: ends.get(stream), envelope: { id: name } })
      ends.set(stream, record)
      return {
        ...this.#scene.request({ stream }),
        record,
        expected: record.version - 1 + ahead,
        // Beyond the pending ones there is none of the name: a cause that is gone.
        cause: cause === null ? null : { id: ids[cause] ?? `gone-${cause}` },
        pending: Array.from({ length: sends }, (_, sent) => newMessage(`${name} sends ${sent}`, { sender: stream })),
      }
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scene[Symbol.asyncDispose]()
  }
}
