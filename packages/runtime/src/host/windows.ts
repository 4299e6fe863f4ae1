import { colleagueOf, hashTuple, windowAmounts, windowBudget, type Window } from '@roster/core'

import type { TransitionPorts } from './ports.ts'

/**
 * The windows of a team and of its colleagues: what an effect holds against beside the budget of its job.
 *
 * W1 The budget of a stretch is opened in the store before anything is held against it, once, whoever opens it; what was never opened gives
 *    nothing.
 * W2 What was held in one stretch is settled there, also when the next one has begun: the row of the effect says where.
 */
export class Windows {
  readonly #ports: Pick<TransitionPorts, 'store' | 'team' | 'sha256'>
  readonly #opened = new Set<string>()

  constructor(ports: Pick<TransitionPorts, 'store' | 'team' | 'sha256'>) {
    this.#ports = ports
  }

  /** The budgets that effects of a stream hold against now. */
  async of(stream: string, now: number): Promise<readonly string[]> {
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
