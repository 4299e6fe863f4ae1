import type { Big } from 'big.js'
import { toMoney } from './decimal.ts'

/** An amount that does not follow from the others, and the rule of EN 16931 or Peppol that says so. */
export interface Finding {
  readonly rule: string
  readonly path: string
  readonly expected: string
  readonly actual: string
}

/** One finding if the rounded amounts differ at all, else none. */
export function differs(rule: string, path: string, expected: Big, actual: string): Finding[] {
  const rounded = toMoney(expected)
  return rounded === actual ? [] : [{ rule, path, expected: rounded, actual }]
}
