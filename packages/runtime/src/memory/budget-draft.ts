import {
  add,
  exceeded,
  nothing,
  subtract,
  type Amounts,
  type Budget,
  type BudgetChange,
  type LimitId,
} from '@roster/core'

/** A budget with its place in the tree and its open holds. */
export interface Account extends Budget {
  readonly parent: string | null
  /** What the parent holds for this budget. */
  readonly taken: Amounts
  readonly holds: ReadonlyMap<string, Amounts>
  readonly closed: boolean
}

/** The limit that stands in the way, and of which budget. */
export interface OverLimit {
  readonly limit: LimitId
  readonly budget: string
}

/**
 * Budget changes of one request, kept apart until all of them are known to fit.
 *
 * - B1 what a budget holds and has used never exceeds its grant by a `hold` or a `grant`; only a `settle` above its hold may exceed it
 * - B2 a hold, a settlement and a close happen once: their repetition changes nothing
 * - B3 a closed budget holds nothing and has nothing left
 */
export class BudgetDraft {
  readonly #accounts: Map<string, Account>
  readonly #changed = new Map<string, Account>()

  constructor(accounts: Map<string, Account>) {
    this.#accounts = accounts
  }

  /** Makes the changes in order; answers the first limit in the way, after which the draft must be thrown away. */
  make(changes: readonly BudgetChange[]): OverLimit | undefined {
    for (const change of changes) {
      const over = this.#make(change)
      if (over !== undefined) return over
    }
    return undefined
  }

  commit(): void {
    for (const [id, account] of this.#changed) this.#accounts.set(id, account)
  }

  #make(change: BudgetChange): OverLimit | undefined {
    switch (change.kind) {
      case 'grant':
        return this.#grant(change.budget, change.parent, change.amounts)
      case 'hold':
        return this.#hold(change.budget, change.hold, change.amounts)
      case 'settle':
        return this.#settle(change.budget, change.hold, change.amounts)
      case 'close':
        return this.#close(change.budget)
      case 'raise':
        return this.#raise(change.budget, change.amounts)
    }
  }

  #grant(id: string, parent: string | null, granted: Amounts): OverLimit | undefined {
    if (this.#find(id) !== undefined) return undefined
    if (parent !== null) {
      const over = this.#set(parent, granted, new Map())
      if (over !== undefined) return over
    }
    const taken = parent === null ? nothing : granted
    this.#changed.set(id, { id, parent, granted, taken, held: nothing, used: nothing, holds: new Map(), closed: false })
    return undefined
  }

  #hold(id: string, hold: string, amounts: Amounts): OverLimit | undefined {
    if (this.#find(id)?.holds.has(hold) === true) return undefined
    return this.#set(id, amounts, new Map([[hold, amounts]]))
  }

  /** Sets amounts aside in a budget. One that was never granted has nothing to give. */
  #set(id: string, amounts: Amounts, holds: ReadonlyMap<string, Amounts>): OverLimit | undefined {
    const account = this.#find(id)
    const limit = exceeded(account ?? { id, granted: nothing, held: nothing, used: nothing }, amounts)
    if (limit !== undefined) return { limit, budget: id }
    if (account === undefined || account.closed) return undefined
    this.#changed.set(id, {
      ...account,
      held: add(account.held, amounts),
      holds: new Map([...account.holds, ...holds]),
    })
    return undefined
  }

  #settle(id: string, hold: string, amounts: Amounts): undefined {
    const account = this.#find(id)
    const held = account?.holds.get(hold)
    if (account === undefined || held === undefined) return
    const holds = new Map(account.holds)
    holds.delete(hold)
    this.#changed.set(id, { ...account, held: subtract(account.held, held), used: add(account.used, amounts), holds })
  }

  /** What is still held counts as used: it may have been. */
  #close(id: string): undefined {
    const account = this.#find(id)
    if (account === undefined || account.closed) return
    const used = add(account.used, account.held)
    this.#changed.set(id, {
      ...account,
      granted: used,
      used,
      held: nothing,
      taken: nothing,
      holds: new Map(),
      closed: true,
    })
    const parent = account.parent === null ? undefined : this.#find(account.parent)
    if (parent === undefined || parent.closed) return
    this.#changed.set(parent.id, {
      ...parent,
      held: subtract(parent.held, account.taken),
      used: add(parent.used, used),
    })
  }

  #raise(id: string, amounts: Amounts): undefined {
    const account = this.#find(id)
    if (account === undefined || account.closed) return
    this.#changed.set(id, { ...account, granted: add(account.granted, amounts) })
  }

  #find(id: string): Account | undefined {
    return this.#changed.get(id) ?? this.#accounts.get(id)
  }
}
