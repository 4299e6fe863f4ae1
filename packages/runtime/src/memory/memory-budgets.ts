import type { Budget } from '@roster/core'
import { BudgetDraft, type Account } from './budget-draft.ts'

/** The tenant's budgets. They change only by the commit of a draft. */
export class MemoryBudgets {
  readonly #accounts = new Map<string, Account>()

  get(id: string): Budget | undefined {
    const account = this.#accounts.get(id)
    if (account === undefined) return undefined
    const { granted, held, used } = account
    return Object.freeze({
      id,
      granted: Object.freeze({ ...granted }),
      held: Object.freeze({ ...held }),
      used: Object.freeze({ ...used }),
    })
  }

  /** Changes that are made together or not at all. */
  draft(): BudgetDraft {
    return new BudgetDraft(this.#accounts)
  }
}
