import { amounts } from '../budget/amounts.ts'
import type { BudgetChange } from '../budget/budget.ts'
import type { Approval } from './approval.ts'

const prefix = 'approval/'

/**
 * What makes an approval count once: the record of the decision grants it one tool call, and the append that starts an effect on it
 * holds that call under the effect's id. Who comes second, in whatever actor and with whatever key, finds nothing left.
 */
export function grantOfApproval(approval: Approval): BudgetChange {
  return {
    kind: 'grant',
    budget: `${prefix}${approvalName(approval)}`,
    parent: null,
    amounts: amounts({ toolCalls: 1 }),
  }
}

/** The name of an approval wherever it is referred to: the person is part of it, so that it can be nobody else's. */
export function approvalName({ person, id }: Pick<Approval, 'person' | 'id'>): string {
  return `${person}/${id}`
}

/** Uses an approval up, by its name, for one effect or withdrawal, for good: whatever comes of it, it is never settled. */
export function useOfApproval(approval: string, effect: string): BudgetChange {
  return { kind: 'hold', budget: `${prefix}${approval}`, hold: effect, amounts: amounts({ toolCalls: 1 }) }
}

/** The name of the approval whose single use a budget counts, or `undefined` for any other budget. */
export function approvalOfBudget(budget: string): string | undefined {
  return budget.startsWith(prefix) ? budget.slice(prefix.length) : undefined
}
