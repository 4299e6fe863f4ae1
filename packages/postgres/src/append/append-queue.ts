import type { AppendRequest, AppendResult } from '@roster/core'
import type { Entry } from './append-arguments.ts'
import { encodedTexts, type EncodedTexts } from './encoded.ts'

/** Appends entries in one transaction, or fails as a whole. */
export type AppendCall = (entries: readonly Entry[]) => Promise<readonly AppendResult[]>

/** Requests in one call, at most. More gain little: the rows of one call are written one after the other anyway. */
export const mostInCall = 64

interface Waiting {
  readonly request: AppendRequest
  readonly texts: EncodedTexts
  readonly group: Group
  readonly answer: (result: AppendResult) => void
  readonly fail: (error: unknown) => void
}

/** The requests of one caller: where one of a stream was refused, the later ones of that stream were computed on what never happened. */
interface Group {
  readonly refused: Set<string>
}

/**
 * Group commit. Commits of a tenant are serial, so what gathers while one is under way goes into the next.
 *
 * - G1 one call is in flight; requests leave in the order in which they came
 * - G2 no stream and no pending id is named twice in one call: the later request waits for the next one
 * - G3 a call that fails as a whole is halved until the culprit is alone; its failure is its own (whoever calls retries before that)
 * - G4 after a refused request of a stream, later ones of the same caller and stream are at most a conflict
 */
export class AppendQueue {
  readonly #call: AppendCall
  #waiting: Waiting[] = []
  #running: Promise<void> | undefined

  constructor(call: AppendCall) {
    this.#call = call
  }

  append(requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    const group: Group = { refused: new Set() }
    const answers = requests.map(
      (request) =>
        new Promise<AppendResult>(
          (answer, fail) => void this.#waiting.push({ request, texts: encodedTexts(request), group, answer, fail }),
        ),
    )
    // One tick of gathering: callers that were woken by the same event go together.
    this.#running ??= Promise.resolve().then(() => this.#run())
    return Promise.all(answers)
  }

  /** Waits until nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const count = nextCall(this.#waiting)
      const batch = this.#waiting.slice(0, count)
      this.#waiting = this.#waiting.slice(count)
      await this.#settle(batch)
    }
    this.#running = undefined
  }

  async #settle(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#call(
        batch.map(({ request, texts, group }) => ({ request, texts, broken: group.refused.has(request.stream) })),
      )
      batch.forEach((waiting, index) => settle(waiting, results[index]))
    } catch (error) {
      if (batch.length === 1) return batch[0]?.fail(error)
      const half = Math.ceil(batch.length / 2)
      await this.#settle(batch.slice(0, half))
      await this.#settle(batch.slice(half))
    }
  }
}

function settle({ request, group, answer }: Waiting, result: AppendResult | undefined): void {
  if (result === undefined) throw new Error('fewer answers than requests')
  if (result.kind !== 'appended') group.refused.add(request.stream)
  answer(result)
}

/** How many of the first requests can go together. */
function nextCall(waiting: readonly Waiting[]): number {
  const streams = new Set<string>()
  const ids = new Set<string>()
  let count = 0
  for (const { request } of waiting) {
    const named = [...(request.cause === null ? [] : [request.cause.id]), ...request.cancel]
    if (count === mostInCall || streams.has(request.stream) || named.some((id) => ids.has(id))) break
    streams.add(request.stream)
    for (const id of named) ids.add(id)
    for (const { id } of request.pending) ids.add(id)
    count += 1
  }
  return count
}
