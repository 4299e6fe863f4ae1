import type { AppendRequest, AppendResult } from '@roster/core'
import type { Entry } from './append-arguments.ts'
import { encodedTexts, type EncodedTexts } from './encoded.ts'

/** Appends entries in one transaction, or fails as a whole. */
export type AppendCall = (entries: readonly Entry[]) => Promise<readonly AppendResult[]>

/** Requests in one call, at most. More gain little: the rows of one call are written one after the other anyway. */
export const mostInCall = 64

/** Requests that must have gathered before a call joins another in flight. */
const worthACall = 16

interface Waiting {
  readonly request: AppendRequest
  readonly names: readonly string[]
  readonly texts: EncodedTexts
  readonly group: Group
  readonly answer: (result: AppendResult) => void
  readonly fail: (error: unknown) => void
}

/** The requests of one caller: where one of a stream was refused, the later ones of that stream were computed on what never happened. */
interface Group {
  readonly refused: Set<string>
}

/** What the calls in flight name, and whose requests they carry. */
interface InFlight {
  readonly names: Set<string>
  readonly groups: Set<Group>
}

/**
 * Group commit. Commits of a tenant are serial, so what gathers while calls are under way goes into the next.
 *
 * - G1 so many calls are in flight at most: while one waits for the tenant's counter and the disk, the next makes its checks
 * - G2 no stream and no pending id is named twice by what is in flight: a later request that would waits, and so does what names the same
 *   as one that waits; the requests of one caller keep their order
 * - G3 a call that fails as a whole is halved until the culprit is alone; its failure is its own (whoever calls retries before that)
 * - G4 after a refused request of a stream, later ones of the same caller and stream are at most a conflict
 */
export class AppendQueue {
  readonly #call: AppendCall
  readonly #mostInFlight: number
  readonly #inFlight: InFlight = { names: new Set(), groups: new Set() }
  readonly #flying = new Set<Promise<void>>()
  #waiting: Waiting[] = []
  #gathering = false

  /** @param mostInFlight calls in flight at most, each of which takes a connection */
  constructor(call: AppendCall, mostInFlight = 1) {
    this.#call = call
    this.#mostInFlight = mostInFlight
  }

  append(requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    const group: Group = { refused: new Set() }
    const answers = requests.map(
      (request) =>
        new Promise<AppendResult>(
          (answer, fail) =>
            void this.#waiting.push({
              request,
              names: namesOf(request),
              texts: encodedTexts(request),
              group,
              answer,
              fail,
            }),
        ),
    )
    this.#gather()
    return Promise.all(answers)
  }

  /** Waits until nothing is under way. */
  async idle(): Promise<void> {
    while (this.#gathering || this.#flying.size > 0) await Promise.all([Promise.resolve(), ...this.#flying])
  }

  /** One tick of gathering: callers that were woken by the same event go together. */
  #gather(): void {
    if (this.#gathering) return
    this.#gathering = true
    void Promise.resolve().then(() => {
      this.#gathering = false
      this.#depart()
    })
  }

  #depart(): void {
    while (this.#waiting.length > 0 && this.#mayDepart()) {
      const { batch, rest } = nextCall(this.#waiting, this.#inFlight)
      if (batch.length === 0) return
      this.#waiting = rest
      const flight = this.#fly(batch).finally(() => {
        this.#flying.delete(flight)
        this.#gather()
      })
      this.#flying.add(flight)
    }
  }

  /** A second call is worth its own cost only when enough has gathered. */
  #mayDepart(): boolean {
    const flying = this.#flying.size
    return flying === 0 || (flying < this.#mostInFlight && this.#waiting.length >= worthACall)
  }

  async #fly(batch: readonly Waiting[]): Promise<void> {
    const { names, groups } = this.#inFlight
    for (const one of batch) {
      groups.add(one.group)
      for (const name of one.names) names.add(name)
    }
    await this.#settle(batch)
    for (const one of batch) {
      groups.delete(one.group)
      for (const name of one.names) names.delete(name)
    }
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

/** What of a request must not be in flight twice: its stream, what it consumes and cancels, and what it sends. */
function namesOf({ stream, cause, cancel, pending }: AppendRequest): readonly string[] {
  const ids = [...(cause === null ? [] : [cause.id]), ...cancel, ...pending.map(({ id }) => id)]
  return [`stream ${stream}`, ...ids.map((id) => `pending ${id}`)]
}

/** The first requests that can go together, beside what is in flight. */
function nextCall(waiting: readonly Waiting[], inFlight: InFlight): { batch: Waiting[]; rest: Waiting[] } {
  const taken = new Set<string>()
  const held = new Set<Group>()
  const batch: Waiting[] = []
  const rest: Waiting[] = []
  for (const one of waiting) {
    const { group, names } = one
    const ordered = !inFlight.groups.has(group) && !held.has(group)
    const free =
      ordered && batch.length < mostInCall && !names.some((name) => inFlight.names.has(name) || taken.has(name))
    if (free) batch.push(one)
    else rest.push(one)
    if (!free) held.add(group)
    for (const name of one.names) taken.add(name)
  }
  return { batch, rest }
}
