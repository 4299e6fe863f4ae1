import { z } from 'zod'
import { Currency } from '../invoice/currency.ts'
import { Money } from '../invoice/decimal.ts'
import { Identifier } from '../invoice/invoice.ts'
import { Approver } from '../master/approval-limits.ts'
import { SupplierRequest } from '../model/clerk-answer.ts'
import { invoiceIn, reportIn, type PayInvoiceContext } from './context.ts'

/** How a document was settled. A refusal is no outcome: it ends the task as refused, with its code. */
export const Outcome = z.strictObject({
  outcome: z.enum(['paid', 'credited', 'by-hand', 'declined']),
  invoice: Identifier,
  supplier: z.string().nullable(),
  amount: Money,
  currency: Currency,
  order: z.string().nullable(),
  costAccount: z.string().nullable(),
  payment: z.string().nullable(),
  approver: Approver,
  /** Who decided, and in their words why; null where no person was asked. */
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  deviations: z.array(z.string()),
  missing: z.array(z.string()),
  /** What the supplier asked for in writing. It was shown, and done by nobody. */
  requests: z.array(SupplierRequest),
})

export type Outcome = z.infer<typeof Outcome>

type Given = { readonly context: PayInvoiceContext }

/** What the last state puts out. */
export function outcomeOf({ context }: Given): Outcome | NonNullable<PayInvoiceContext['ending']> {
  if (context.ending !== null) return context.ending
  const { supplier, order, costAccount, deviations, missing } = reportIn(context)
  const { number, payable, currency } = invoiceIn(context)
  return {
    outcome: settledAs(context),
    invoice: number,
    supplier: supplier?.id ?? null,
    amount: payable,
    currency,
    order,
    costAccount,
    ...decisionIn(context),
    deviations: deviations.map(({ code }) => code),
    missing: missing.map(({ code }) => code),
    requests: context.answer?.requests ?? [],
  }
}

function decisionIn({ result, approver, decision }: PayInvoiceContext) {
  const payment = result?.kind === 'paid' ? result.payment : null
  return { payment, approver, decidedBy: decision?.person ?? null, reason: decision?.reason ?? null }
}

function settledAs(context: PayInvoiceContext): Outcome['outcome'] {
  const { settlement } = reportIn(context)
  if (context.decision?.decision === 'declined') return 'declined'
  if (settlement.tool === 'pay') return 'paid'
  return settlement.arguments.kind === 'credit' ? 'credited' : 'by-hand'
}
