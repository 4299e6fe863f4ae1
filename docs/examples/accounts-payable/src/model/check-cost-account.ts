import type { Missing } from '../match/deviation.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { ublPath } from '../invoice/ubl-path.ts'
import { accountsMentioned, nameOfAccount } from './chart-of-accounts.ts'

/** A proposed cost account counts if the lines speak of it; otherwise a person is asked. */
export function checkCostAccount(
  proposed: string | null,
  invoice: Invoice,
): { readonly account: string | null; readonly missing: Missing | null } {
  const mentioned = accountsMentioned(
    invoice.lines.map(({ itemName, itemDescription }) => `${itemName} ${itemDescription ?? ''}`),
  )
  if (proposed !== null && mentioned.includes(proposed)) return { account: proposed, missing: null }
  const likely = mentioned.map(nameOfAccount).join(' or ')
  const message =
    proposed === null
      ? `no cost account was proposed; the lines speak of ${likely}`
      : `${nameOfAccount(proposed)} was proposed, and the lines speak of ${likely}`
  const missing = {
    code: 'cost-account-unsure',
    path: `${ublPath.root(invoice)}/cac:InvoiceLine`,
    message,
    hint: 'choose the account, then approve or decline',
  } as const
  return { account: null, missing }
}
