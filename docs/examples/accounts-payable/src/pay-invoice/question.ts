import type { ApprovalInput } from 'roster'
import { approverForAmount } from '../master/approval-limits.ts'
import { masterData } from '../master/master-data.ts'
import { bookArguments, payArguments } from '../match/settlement.ts'
import { nameOfAccount } from '../model/chart-of-accounts.ts'
import { invoiceIn, reportIn, type PayInvoiceContext } from './context.ts'

type Asked = 'controller' | 'chief-financial-officer'

/** What a person is asked: consent to the exact arguments, with what the rules found, and apart from it what the model says. */
export function questionTo(asked: Asked): (given: { readonly context: PayInvoiceContext }) => ApprovalInput {
  return ({ context }) => {
    const { settlement } = reportIn(context)
    const args = settlement.tool === 'pay' ? payArguments(settlement, asked) : bookArguments(settlement, asked)
    return { arguments: args, question: { ...facts(context), modelSays: modelSays(context) } }
  }
}

function facts(context: PayInvoiceContext) {
  const { moreDeviations, costAccount, ...report } = reportIn(context)
  return {
    document: context.document.name,
    ...paperFacts(context),
    order: report.order === null ? null : `${report.order}, named by the ${report.orderNamedBy}`,
    costAccount: costAccount === null ? null : nameOfAccount(costAccount),
    deviations: report.deviations,
    moreDeviations,
    missing: report.missing,
  }
}

function paperFacts(context: PayInvoiceContext) {
  const { supplier } = reportIn(context)
  const { kind, number, payable, currency, dueDate, supplierName } = invoiceIn(context)
  const known = supplier === null ? `${supplierName} (unknown)` : `${supplier.name} (${supplier.id})`
  const limit = approverForAmount(payable, currency, masterData.limits)
  return {
    kind,
    number,
    payable: `${payable} ${currency}`,
    limit: limit === 'nobody' ? null : `the amount needs the ${limit}`,
    dueDate,
    supplier: known,
  }
}

function modelSays({ answer, explanations }: PayInvoiceContext) {
  return {
    note: answer?.noteSummary ?? null,
    supplierAsksFor: answer?.requests ?? [],
    explanations: explanations.map(({ explanation, suggestion }) => `${suggestion}: ${explanation}`.slice(0, 300)),
  }
}
