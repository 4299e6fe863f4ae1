import { z } from 'zod'
import { Money } from '../invoice/decimal.ts'

export const deviationCodes = [
  'bank-account-changed',
  'payee-differs',
  'supplier-differs',
  'currency-differs',
  'corrects-booked-invoice',
  'line-amount-differs',
  'line-not-on-order',
  'item-differs',
  'unit-differs',
  'price-differs',
  'quantity-above-ordered',
  'quantity-above-received',
  'quantity-above-invoiced',
  'allowance-not-agreed',
  'charge-not-agreed',
] as const

/** Where an invoice differs from what was ordered, received and agreed. A person may approve it, unless it is a refusal. */
export const Deviation = z.strictObject({
  code: z.enum(deviationCodes),
  consequence: z.enum(['approval', 'refusal']),
  path: z.string(),
  expected: z.string(),
  actual: z.string(),
  /** What is paid too much if the deviation is an error; in the invoice's currency, never negative. */
  amountAtStake: Money,
})

export const missingCodes = [
  'supplier-unknown',
  'order-not-named',
  'order-unknown',
  'receipt-missing',
  'preceding-invoice-not-named',
  'cost-account-unsure',
] as const

/** What the desk would need to compare the invoice. A person decides without it. */
export const Missing = z.strictObject({
  code: z.enum(missingCodes),
  path: z.string(),
  message: z.string(),
  hint: z.string(),
})

export const Match = z.strictObject({ deviations: z.array(Deviation), missing: z.array(Missing) })

export type Deviation = z.infer<typeof Deviation>
export type Missing = z.infer<typeof Missing>
export type Match = z.infer<typeof Match>
