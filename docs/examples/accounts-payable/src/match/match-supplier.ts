import type { Invoice } from '../invoice/invoice.ts'
import { ublPath } from '../invoice/ubl-path.ts'
import type { Supplier } from '../master/supplier.ts'
import type { Deviation } from './deviation.ts'

/**
 * Where the money is to go. A bank account that is not on file is the commonest fraud there is, and no approval of this
 * invoice mends it: the supplier's record is changed first, by a person who has called the supplier.
 */
export function matchSupplier(invoice: Invoice, supplier: Supplier): Deviation[] {
  const amountAtStake = invoice.total.payable.replace('-', '')
  const accounts = invoice.paymentMeans.flatMap((means, index): Deviation[] => {
    if (means.account === null || supplier.accounts.includes(means.account)) return []
    const path = `${ublPath.paymentMeans(invoice, index)}/cac:PayeeFinancialAccount/cbc:ID`
    const [expected, actual] = [supplier.accounts.join(' or '), means.account]
    return [{ code: 'bank-account-changed', consequence: 'refusal', path, expected, actual, amountAtStake }]
  })
  if (invoice.payee === null) return accounts
  const path = `${ublPath.root(invoice)}/cac:PayeeParty/cac:PartyName/cbc:Name`
  const [expected, actual] = [supplier.name, invoice.payee.name]
  return [...accounts, { code: 'payee-differs', consequence: 'approval', path, expected, actual, amountAtStake }]
}
