import { z } from 'zod'
import { Currency } from '../invoice/currency.ts'
import { Money } from '../invoice/decimal.ts'
import { Identifier } from '../invoice/invoice.ts'
import { Approver } from '../master/approval-limits.ts'
import { invoiceKey } from '../payments/payment.ts'

/** What is settled without paying: a credit that a supplier grants, or what a person has taken into their own hands. */
export const BookEntry = z.strictObject({
  kind: z.enum(['credit', 'by-hand']),
  /** Hash of the document as it was received. */
  document: z.string().min(1).max(200),
  /** Id in the supplier master; null if the supplier is not known. */
  supplier: z.string().min(1).max(200).nullable(),
  invoiceNumber: Identifier,
  amount: Money,
  currency: Currency,
  order: z.string().min(1).max(200).nullable(),
  approver: Approver,
})

export type BookEntry = z.infer<typeof BookEntry>

/** Whether two entries are one credit: a supplier's number is booked once. */
export function isSameCredit(one: BookEntry, other: BookEntry): boolean {
  if (one.kind !== 'credit' || other.kind !== 'credit' || one.supplier === null || other.supplier === null) return false
  return invoiceKey(one.supplier, one.invoiceNumber) === invoiceKey(other.supplier, other.invoiceNumber)
}
