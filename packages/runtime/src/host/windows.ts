import {
  colleagueOf,
  hashTuple,
  overtimeBudget,
  streamName,
  windowAmounts,
  windowBudget,
  type Envelope,
  type Window,
} from '@roster/core'

import type { TransitionPorts } from './ports.ts'

/** How a task began. */
interface Begun {
  /** In milliseconds since 1970. */
  readonly at: number
  readonly definition: string
}

/** Tasks whose beginning is kept in memory. */
const maxKnown = 1000

/**
 * The windows of a team and of its colleagues: what an effect holds against beside the budget of its job.
 *
 * W1 The budget of a stretch is opened in the store before anything is held against it, once, whoever opens it; what was never opened gives
 *    nothing.
 * W2 What was held in one stretch is settled there, also when the next one has begun: the row of the effect says where.
 * W3 A task whose wall time is over holds against a budget that only a person opens.
 */
export class Windows {
  readonly #ports: Pick<TransitionPorts, 'store' | 'team' | 'sha256'>
  readonly #opened = new Set<string>()
  readonly #tasks = new Map<string, Begun>()

  constructor(ports: Pick<TransitionPorts, 'store' | 'team' | 'sha256'>) {
    this.#ports = ports
  }

  /** The budgets that effects of a stream hold against now; `task` is whose work it is, empty where it is nobody's. */
  async of(stream: string, task: string, now: number): Promise<readonly string[]> {
    return [...(await this.#windows(stream, now)), ...(await this.#overtime(task, now))]
  }

  async #overtime(task: string, now: number): Promise<readonly string[]> {
    const { playbooks } = this.#ports.team
    const isTimed = Object.values(playbooks).some(({ definition }) => definition.limits.timeMs !== undefined)
    const begun = isTimed && task !== '' ? await this.#begun(task) : undefined
    if (begun === undefined) return []
    const { at, definition: id } = begun
    const { limits } = Object.values(playbooks).find(({ definition }) => definition.id === id)?.definition ?? {}
    return limits?.timeMs !== undefined && now > at + limits.timeMs ? [overtimeBudget(task)] : []
  }

  /** When a task began, and on which definition. */
  async #begun(task: string): Promise<Begun | undefined> {
    const known = this.#tasks.get(task)
    if (known !== undefined) return known
    const { store, team } = this.#ports
    const [first] = await store.read(streamName.task(team.name, task), { to: 1 })
    if (first === undefined) return undefined
    const { at, who } = JSON.parse(first.envelope) as Envelope
    const begun = { at, definition: who.definition }
    this.#tasks.set(task, begun)
    for (const [oldest] of this.#tasks) if (this.#tasks.size > maxKnown) this.#tasks.delete(oldest)
    return begun
  }

  async #windows(stream: string, now: number): Promise<readonly string[]> {
    const { team } = this.#ports
    const colleague = colleagueOf(team, stream)
    const own = colleague?.window === undefined ? [] : [await this.#open(colleague.name, colleague.window, now)]
    return team.window === undefined ? own : [...own, await this.#open('team', team.window, now)]
  }

  async #open(whose: string, window: Window, now: number): Promise<string> {
    const { store, sha256 } = this.#ports
    const budget = windowBudget(whose, window, now)
    if (this.#opened.has(budget)) return budget
    // Another host may open it too: the store remembers the first.
    await store.accept({
      client: 'system',
      key: hashTuple(sha256, ['window', budget]),
      answer: '{}',
      pending: [],
      grant: { budget, amounts: windowAmounts(window) },
    })
    this.#opened.add(budget)
    return budget
  }
}
