import { invoiceKey, type Payment } from '../../payments/payment.ts'
import type { Truth } from './truth.ts'

/** Payments that should not be there: to somebody else, of another amount, without the approval that it needs, for a document that may not be paid, or for the second time. */
export function wrongPayments(payments: readonly Payment[], truths: ReadonlyMap<string, Truth>): readonly Payment[] {
  const seen = new Set<string>()
  return payments.filter((payment) => {
    const key = invoiceKey(payment.supplier, payment.invoiceNumber)
    const isSecond = seen.has(key)
    seen.add(key)
    return isSecond || !isTrue(payment, truths.get(payment.document))
  })
}

/** A document of an earlier run is not at hand; its payment was compared then. */
function isTrue(payment: Payment, truth: Truth | undefined): boolean {
  if (truth === undefined) return true
  const { payment: right, needsApproval } = truth
  if (needsApproval && payment.approver === 'nobody') return false
  return (
    right !== null &&
    (['supplier', 'iban', 'amount', 'currency'] as const).every((field) => payment[field] === right[field])
  )
}
