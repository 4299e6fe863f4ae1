import type { ApprovalReply, Failure, JobInput } from 'roster'
import type { z } from 'zod'
import type { InvoiceSummary } from '../invoice/invoice-summary.ts'
import type { Approver } from '../master/approval-limits.ts'
import type { MatchReport } from '../match/match-report.ts'
import type { ClerkAnswer } from '../model/clerk-answer.ts'
import type { Explanations } from '../model/explanations.ts'
import type { Parsed } from '../tools/parse-invoice.ts'
import type { BookResult } from '../tools/book.ts'
import type { PayResult } from '../tools/pay.ts'
import type { TaskInput } from './task-input.ts'

/** What a task knows: references and summaries, never a document. */
export interface PayInvoiceContext extends TaskInput {
  /** What the clerk has read. */
  readonly parsed: Parsed | null
  /** What the clerk's model made of the supplier's words. It proposes; nothing is decided by it alone. */
  readonly answer: ClerkAnswer | null
  readonly report: MatchReport | null
  readonly explanations: Explanations['explanations']
  /** Whose consent the exact arguments carry. */
  readonly approver: Approver
  readonly decision: ApprovalReply | null
  /** What the treasurer answered. */
  readonly result: z.infer<typeof PayResult> | z.infer<typeof BookResult> | null
  /** Set when it does not end with an outcome: a finding about the document refuses it, a fault of the desk fails it. */
  readonly ending: { readonly status: 'refused' | 'failed'; readonly error: Failure } | null
}

export function beginning({ input }: { readonly input: JobInput }): PayInvoiceContext {
  const { document, message } = input.input as TaskInput
  return {
    document,
    ...(message === undefined ? {} : { message }),
    parsed: null,
    answer: null,
    report: null,
    explanations: [],
    approver: 'nobody',
    decision: null,
    result: null,
    ending: null,
  }
}

/** The report, in states that are reached with one. */
export function reportIn({ report }: Pick<PayInvoiceContext, 'report'>): MatchReport {
  if (report === null) throw new TypeError('nothing was compared yet')
  return report
}

/** The invoice in a few words, in states that are reached with one. */
export function invoiceIn({ parsed }: Pick<PayInvoiceContext, 'parsed'>): InvoiceSummary {
  if (parsed?.kind !== 'read') throw new TypeError('nothing was read')
  return parsed.invoice
}

/** Business keys: a complaint brings the number of an invoice, or the name of a supplier. */
export function aboutInvoice({ parsed, report }: PayInvoiceContext): readonly string[] {
  const number = parsed?.kind === 'read' ? parsed.invoice.number : (parsed?.number ?? null)
  const supplier = report?.supplier?.id ?? null
  return [...(number === null ? [] : [`invoice/${number}`]), ...(supplier === null ? [] : [`supplier/${supplier}`])]
}
