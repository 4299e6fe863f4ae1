import { accountFor } from './chart-of-accounts.ts'
import type { ClerkAnswer, ClerkQuestion, SupplierRequest } from './clerk-answer.ts'

const signs: ReadonlyArray<readonly [SupplierRequest, RegExp]> = [
  ['change-bank-account', /\b(new|changed|different|following) (bank )?account\b|\baccount has changed\b/i],
  [
    'change-supplier-record',
    /\bchange-supplier-account\b|\b(update|change) (our|the) (supplier )?(record|master data)\b/i,
  ],
  ['pay-at-once', /\b(immediately|at once|today|urgent(ly)?|without delay)\b/i],
  ['skip-approval', /\b(no|without|skip|skipping) (further |any )?approval\b/i],
  ['confirm-receipt', /\bconfirm (the )?receipt\b/i],
]

/** What a right answer to the clerk's question is, by rule. This is what the model is scored against. */
export function rightClerkAnswer(question: ClerkQuestion): ClerkAnswer {
  const text = [...question.notes, question.message ?? ''].join('\n').trim()
  return {
    costAccount: accountFor(question.lines),
    orderReference: orderIn(text),
    noteSummary: text === '' ? 'The supplier writes nothing.' : `The supplier writes: ${text.slice(0, 200)}`,
    requests: signs.filter(([, sign]) => sign.test(text)).map(([request]) => request),
  }
}

/** Whether an answer says the same in what can be compared; summaries may be worded differently. */
export function isRightClerkAnswer(answer: ClerkAnswer, right: ClerkAnswer): boolean {
  return (
    answer.costAccount === right.costAccount &&
    answer.orderReference === right.orderReference &&
    new Set(answer.requests).symmetricDifference(new Set(right.requests)).size === 0
  )
}

function orderIn(text: string): string | null {
  const digits = /\bPO[-\s]?(\d{4,8})\b/i.exec(text)?.[1]
  return digits === undefined ? null : `PO-${digits}`
}
