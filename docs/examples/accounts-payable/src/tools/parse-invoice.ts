import { tool } from 'roster'
import { z } from 'zod'
import { DocumentReference, openDocument } from '../documents/document-reference.ts'
import { InvoiceFailure } from '../invoice/invoice-failure.ts'
import { InvoiceSummary, summaryOf } from '../invoice/invoice-summary.ts'
import { ClerkQuestion, clerkQuestion } from '../model/clerk-answer.ts'
import { chiefFinancialOfficer } from '../people.ts'

/** What a document is: an invoice whose amounts add up, or what is wrong with it. */
export const Parsed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), invoice: InvoiceSummary, question: ClerkQuestion }),
  InvoiceFailure,
])

export type Parsed = z.infer<typeof Parsed>

export const parseInvoice = tool('parse-invoice@1.0.0', {
  owner: chiefFinancialOfficer,
  description: 'Reads a UBL invoice or credit note, checks its arithmetic, and takes out what the supplier writes.',
  input: z.strictObject({ document: DocumentReference, message: z.string().nullable() }),
  output: Parsed,
  consequential: false,
  idempotent: true,
  run: async ({ document, message }, context) => {
    const result = await openDocument(document, context)
    if (result.kind === 'faulty') return result
    const { invoice } = result
    return { kind: 'read' as const, invoice: summaryOf(invoice), question: clerkQuestion(invoice, message) }
  },
})
