import { approve, ask, type ApprovalReply, type Failure, type JobInput } from 'roster'
import { assign, setup } from 'xstate'
import { clerk } from '../clerk/clerk.ts'
import { alreadyBookedAs, alreadyPaidAs, type Refusal } from '../match/refusal.ts'
import { Approver } from '../master/approval-limits.ts'
import { matcher } from '../matcher/matcher.ts'
import { chiefFinancialOfficer, controller } from '../people.ts'
import { book } from '../tools/book.ts'
import { pay } from '../tools/pay.ts'
import { treasurer } from '../treasurer/treasurer.ts'
import { reportIn, type PayInvoiceContext } from './context.ts'
import { guards } from './guards.ts'

const day = 86_400_000

/** How long an approval may be used once it is given, and how long it may be asked for. */
const validFor = '14 days'

/** Who takes part, what is decided by which rule, and how long people have: the words of which the graph is made. */
export const graph = setup({
  types: { context: {} as PayInvoiceContext, input: {} as JobInput },
  actors: {
    readInvoice: ask(clerk, 'read-invoice'),
    readNotes: ask(clerk, 'read-notes'),
    matchInvoice: ask(matcher, 'match-invoice'),
    explainDeviations: ask(clerk, 'explain-deviations'),
    // What was read is untrusted, so the treasurer may act only on what this check, or a person, vouches for.
    payAtOnce: ask(treasurer, 'pay', { endorse: { check: 'three-way-match', tool: pay, arguments: (input) => input } }),
    bookAtOnce: ask(treasurer, 'book', { endorse: { check: 'credit-match', tool: book, arguments: (input) => input } }),
    pay: ask(treasurer, 'pay'),
    book: ask(treasurer, 'book'),
    controllerApprovesPayment: approve(controller, pay, { validFor }),
    chiefApprovesPayment: approve(chiefFinancialOfficer, pay, { validFor }),
    controllerApprovesEntry: approve(controller, book, { validFor }),
    chiefApprovesEntry: approve(chiefFinancialOfficer, book, { validFor }),
  },
  guards,
  delays: { escalation: 2 * day, patience: 12 * day },
  actions: {
    fail: assign({
      ending: ({ event }) => ({ status: 'failed' as const, error: (event as unknown as { error: Failure }).error }),
    }),
    refuseAsLate: assign({
      ending: () =>
        refusedAs({
          code: 'expired',
          path: '/',
          message: 'nobody decided in time',
          hint: 'give the document again when somebody can look at it',
        }),
    }),
    refuseAsFaulty: assign({
      ending: ({ context: { parsed } }) => (parsed?.kind === 'faulty' ? refusedAs(parsed.error) : null),
    }),
    refuseAsFound: assign({
      ending: ({ context: { report } }) => (report?.refusal == null ? null : refusedAs(report.refusal)),
    }),
    refuseAsSettled: assign({ ending: ({ context }) => refusedAs(settledBefore(context)) }),
    forgetDecision: assign({ decision: null, approver: 'nobody', result: null }),
    noteDecision: assign(({ event }) => {
      const decision = (event as unknown as { output: ApprovalReply }).output
      return { decision, approver: Approver.parse(decision.role) }
    }),
  },
})

function refusedAs(error: Refusal | Failure): NonNullable<PayInvoiceContext['ending']> {
  return { status: 'refused', error }
}

/** What the books' answer to a second settlement of the same number comes to. */
function settledBefore(context: PayInvoiceContext): Refusal {
  const { invoiceNumber } = reportIn(context).settlement.arguments
  return context.result?.kind === 'already-paid'
    ? alreadyPaidAs(invoiceNumber, context.result.payment)
    : alreadyBookedAs(invoiceNumber)
}
