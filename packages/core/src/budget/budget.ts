import { limitIds, type Amounts, type LimitId } from './amounts.ts'

/** A grant and what became of it. Rebuilt from the records at any time. */
export interface Budget {
  readonly id: string
  readonly granted: Amounts
  readonly held: Amounts
  readonly used: Amounts
}

/**
 * A change of one budget, made in the transaction of the record that causes it.
 *
 * - `grant`: opens `budget`, taking the amounts from `parent` when there is one (held there until `close`)
 * - `hold`: sets aside the most that an effect can cost, under the effect's id
 * - `settle`: replaces a hold by what was used; a hold that expires is settled at its maximum, never as free
 * - `close`: gives the rest of `budget` back to its parent, which counts what was used
 * - `raise`: a person gives more
 */
export type BudgetChange =
  | { readonly kind: 'grant'; readonly budget: string; readonly parent: string | null; readonly amounts: Amounts }
  | { readonly kind: 'hold'; readonly budget: string; readonly hold: string; readonly amounts: Amounts }
  | { readonly kind: 'settle'; readonly budget: string; readonly hold: string; readonly amounts: Amounts }
  | { readonly kind: 'close'; readonly budget: string }
  | { readonly kind: 'raise'; readonly budget: string; readonly amounts: Amounts }

/** The first limit that `wanted` would exceed, or none. */
export function exceeded(budget: Budget, wanted: Amounts): LimitId | undefined {
  return limitIds.find((id) => budget.held[id] + budget.used[id] + wanted[id] > budget.granted[id])
}
