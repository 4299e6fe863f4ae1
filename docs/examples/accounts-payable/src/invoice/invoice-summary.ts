import { z } from 'zod'
import { Currency } from './currency.ts'
import { Money } from './decimal.ts'
import { CalendarDate, Identifier, type Invoice } from './invoice.ts'

/** An invoice in a few words, for messages and people. The document itself stays in the store. */
export const InvoiceSummary = z.strictObject({
  kind: z.enum(['invoice', 'credit-note']),
  number: Identifier,
  issueDate: CalendarDate,
  dueDate: CalendarDate.nullable(),
  /** As the document has it; who the supplier is, is looked up by identifiers. */
  supplierName: z.string().max(200),
  currency: Currency,
  payable: Money,
  lines: z.int(),
})

export type InvoiceSummary = z.infer<typeof InvoiceSummary>

export function summaryOf({
  kind,
  number,
  issueDate,
  dueDate,
  supplier,
  currency,
  total,
  lines,
}: Invoice): InvoiceSummary {
  const supplierName = supplier.name.slice(0, 200)
  return { kind, number, issueDate, dueDate, supplierName, currency, payable: total.payable, lines: lines.length }
}
