import { Big } from 'big.js'
import { z } from 'zod'
import { FreeText, Identifier } from '../invoice/invoice.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { CostAccount } from './chart-of-accounts.ts'

/** What the clerk's model step is shown: the supplier's words only. Everything in it is untrusted. */
export const ClerkQuestion = z.strictObject({
  lines: z.array(z.strictObject({ text: FreeText, netAmount: z.string() })),
  notes: z.array(FreeText),
  /** The covering message with which the document came, if there was one. */
  message: FreeText.nullable(),
})

/** What a supplier may be asking for. A closed list, so that a request can be shown and counted but never carried out. */
export const SupplierRequest = z.enum([
  'change-bank-account',
  'change-supplier-record',
  'pay-at-once',
  'skip-approval',
  'confirm-receipt',
])

export const ClerkAnswer = z.strictObject({
  costAccount: CostAccount.describe('The account of the chart that most of the amount belongs to.'),
  orderReference: Identifier.nullable().describe('The purchase order named in the notes or the message, else null.'),
  noteSummary: z.string().max(300).describe('One or two sentences: what the supplier writes.'),
  requests: z.array(SupplierRequest).describe('What the supplier asks for, without doing it.'),
})

export type ClerkQuestion = z.infer<typeof ClerkQuestion>
export type ClerkAnswer = z.infer<typeof ClerkAnswer>
export type SupplierRequest = z.infer<typeof SupplierRequest>

/** The most that a model is shown: the lines with the most money, and so much of each text. A task carries it for a moment. */
const most = { lines: 30, lineCharacters: 120, notes: 5, noteCharacters: 1000 }

export function clerkQuestion(invoice: Invoice, message: string | null): ClerkQuestion {
  const lines = invoice.lines.toSorted((one, other) => new Big(other.netAmount).abs().cmp(new Big(one.netAmount).abs()))
  return {
    lines: lines.slice(0, most.lines).map((line) => ({
      text: [line.itemName, line.itemDescription]
        .filter((text) => text !== null)
        .join('. ')
        .slice(0, most.lineCharacters),
      netAmount: line.netAmount,
    })),
    notes: invoice.notes.slice(0, most.notes).map((note) => note.text.slice(0, most.noteCharacters)),
    message: message?.slice(0, 2 * most.noteCharacters) ?? null,
  }
}
