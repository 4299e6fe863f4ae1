import { z } from 'zod'
import type { Deviation } from '../match/deviation.ts'

/** What the clerk's model step says about one deviation. It advises a person; it decides nothing. */
export const Explanation = z.strictObject({
  explanation: z.string().min(1).max(500),
  suggestion: z.enum(['approve', 'decline', 'ask-supplier']),
})

export type Explanation = z.infer<typeof Explanation>
type Suggestion = Explanation['suggestion']

// Asking costs more than this much of anybody's money.
const notWorthAsking = 100

const rules: Record<Deviation['code'], readonly [reason: string, suggestion: Suggestion]> = {
  'bank-account-changed': ['The account is not on file for this supplier', 'decline'],
  'payee-differs': ['Somebody else than the supplier is to be paid', 'decline'],
  'supplier-differs': ['The order was given to another supplier', 'decline'],
  'currency-differs': ['The order is in another currency', 'ask-supplier'],
  'corrects-booked-invoice': ['The invoice that this one corrects is booked already', 'ask-supplier'],
  'line-amount-differs': ['The line does not follow from its quantity and price', 'ask-supplier'],
  'line-not-on-order': ['The order has no such line', 'ask-supplier'],
  'item-differs': ['Another item was ordered', 'ask-supplier'],
  'unit-differs': ['The order counts in another unit', 'ask-supplier'],
  'price-differs': ['The price is not the ordered one', 'ask-supplier'],
  'quantity-above-ordered': ['More is invoiced than was ordered', 'decline'],
  'quantity-above-received': ['More is invoiced than was received', 'decline'],
  'quantity-above-invoiced': ['More is credited than was invoiced', 'ask-supplier'],
  'allowance-not-agreed': ['The allowance is not the agreed one', 'ask-supplier'],
  'charge-not-agreed': ['The charge is not the agreed one', 'ask-supplier'],
}

/** What a right explanation is, by rule: a small difference in price or terms is approved, the rest goes back. */
export function rightExplanation(deviation: Deviation): Explanation {
  const { code, expected, actual, amountAtStake } = deviation
  const [reason, suggestion] = rules[code]
  const isSmall = Number(amountAtStake) <= notWorthAsking
  const explanation = `${reason}: ${expected} expected, ${actual} stated, ${amountAtStake} at stake.`.slice(0, 500)
  return { explanation, suggestion: isSmall && mayBeSmall(code) ? 'approve' : suggestion }
}

export function isRightExplanation(answer: Explanation, right: Explanation): boolean {
  return answer.suggestion === right.suggestion
}

function mayBeSmall(code: Deviation['code']): boolean {
  return code === 'price-differs' || code === 'allowance-not-agreed' || code === 'charge-not-agreed'
}
