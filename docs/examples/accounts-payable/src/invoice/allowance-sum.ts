import type { Big } from 'big.js'
import { sum } from './decimal.ts'
import type { AllowanceCharge } from './invoice.ts'

/** What the allowances, or the charges, of one level come to. */
export function sumOf(allowanceCharges: readonly AllowanceCharge[], kind: AllowanceCharge['kind']): Big {
  return sum(allowanceCharges.filter((each) => each.kind === kind).map((each) => each.amount))
}
