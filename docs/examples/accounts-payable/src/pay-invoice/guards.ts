import type { ApprovalReply } from 'roster'
import { reportIn, type PayInvoiceContext } from './context.ts'

interface Given {
  readonly context: PayInvoiceContext
}

/** What the graph decides on: rules over the parser's and the comparison's findings. No guard reads what a model wrote. */
export const guards = {
  isFaulty: ({ context }: Given) => context.parsed?.kind === 'faulty',
  isRefused: ({ context }: Given) => reportIn(context).refusal !== null,
  needsNobody: ({ context }: Given) => reportIn(context).approver === 'nobody',
  isPayableByNobody: ({ context }: Given) =>
    reportIn(context).approver === 'nobody' && reportIn(context).settlement.tool === 'pay',
  hasDeviations: ({ context }: Given) => reportIn(context).deviations.length > 0,
  isPayable: ({ context }: Given) => reportIn(context).settlement.tool === 'pay',
  isPayableByChief: ({ context }: Given) => needsChief(context) && reportIn(context).settlement.tool === 'pay',
  needsChief: ({ context }: Given) => needsChief(context),
  isApproved: ({ event }: { readonly event: unknown }) =>
    (event as { output: ApprovalReply }).output.decision === 'approved',
  hasOrderChanged: ({ context }: Given) => context.result?.kind === 'order-changed',
  wasSettledBefore: ({ context }: Given) => context.result?.kind === 'already-paid' || context.result?.kind === 'known',
}

function needsChief(context: PayInvoiceContext): boolean {
  return reportIn(context).approver === 'chief-financial-officer'
}
