import { z } from 'zod'
import { Currency } from '../invoice/currency.ts'
import { Money } from '../invoice/decimal.ts'
import { Approver } from '../master/approval-limits.ts'

export const PaymentRequest = z.strictObject({
  /** The supplier's id in the supplier master. */
  supplier: z.string().min(1).max(200),
  iban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{4,30}$/, 'must be an IBAN without blanks'),
  amount: Money.refine((amount) => Number(amount) > 0, 'must be above zero'),
  currency: Currency,
  invoiceNumber: z.string().min(1).max(200),
  /** Hash of the invoice as it was received. */
  document: z.string().min(1).max(200),
  /** The order that it takes from, and how many payments had taken from it when the two were compared; null without an order. */
  order: z.strictObject({ number: z.string().min(1).max(200), paymentsBefore: z.int().nonnegative() }).nullable(),
  /** Who had to approve it. */
  approver: Approver,
  /** The idempotency key: the same key always gets the first result. */
  key: z.string().min(1).max(200),
})

export const Payment = PaymentRequest.extend({ id: z.string() })

export type PaymentRequest = z.infer<typeof PaymentRequest>
export type Payment = z.infer<typeof Payment>

/** What may be paid once only. Case and blanks of an invoice number do not make another invoice. */
export function invoiceKey(supplier: string, invoiceNumber: string): string {
  return JSON.stringify([supplier, invoiceNumber.replaceAll(/\s/g, '').toUpperCase()])
}
