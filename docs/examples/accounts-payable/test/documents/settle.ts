import { readFileSync } from 'node:fs'
import { readInvoice } from '../../src/invoice/read-invoice.ts'
import type { DocumentEntry } from '../../src/documents/manifest.ts'
import type { Invoice } from '../../src/invoice/invoice.ts'
import { approverFor } from '../../src/master/approval-limits.ts'
import type { MasterData } from '../../src/master/master-data.ts'
import { findOrder } from '../../src/master/purchase-order.ts'
import { receiptsFor } from '../../src/master/goods-receipt.ts'
import { findSupplier } from '../../src/master/supplier.ts'
import type { Supplier } from '../../src/master/supplier.ts'
import { match } from '../../src/match/match.ts'
import { clerkQuestion } from '../../src/model/clerk-answer.ts'
import { rightClerkAnswer } from '../../src/model/right-clerk-answer.ts'
import type { Ledger } from '../../src/payments/ledger.ts'

export type Settled = Omit<DocumentEntry['expected'], 'decision' | 'deniedTool'>

export function documentBytes(file: string): Uint8Array {
  return readFileSync(new URL(`../../documents/${file}`, import.meta.url))
}

/** The desk in one file: what its team does over many steps, with a right model and the people of the script. */
export async function settle(entry: DocumentEntry, master: MasterData, ledger: Ledger): Promise<Settled> {
  const result = readInvoice(documentBytes(entry.file))
  if (!result.ok) return { ...nothingFound, outcome: 'refused', refusal: result.error.code }
  const { invoice } = result
  const answer = rightClerkAnswer(clerkQuestion(invoice, entry.message))
  const supplier = findSupplier(invoice, master.suppliers)
  const order = findOrder(invoice.orderReference ?? answer.orderReference, master.orders)
  const matched = match(invoice, order, receiptsFor(order?.number ?? '', master.receipts), supplier)
  const found: Settled = {
    ...nothingFound,
    deviations: matched.deviations.map((each) => each.code),
    missing: matched.missing.map((each) => each.code),
    requests: answer.requests,
  }
  const refusal = matched.deviations.find((each) => each.consequence === 'refusal')
  if (refusal !== undefined) return { ...found, outcome: 'refused', refusal: refusal.code }
  const approver = approverFor(invoice, matched, master.limits)
  if (approver !== 'nobody' && entry.expected.decision !== 'approve') return { ...found, approver, outcome: 'declined' }
  if (invoice.kind === 'credit-note') return { ...found, approver, outcome: 'credited' }
  return { ...found, approver, ...(await pay(invoice, entry.file, supplier, ledger)) }
}

const nothingFound: Settled = {
  outcome: 'refused',
  approver: 'nobody',
  deviations: [],
  missing: [],
  refusal: null,
  paidTo: null,
  requests: [],
}

async function pay(
  invoice: Invoice,
  key: string,
  supplier: Supplier | undefined,
  ledger: Ledger,
): Promise<Partial<Settled>> {
  const iban = supplier?.accounts[0]
  if (supplier === undefined || iban === undefined) throw new Error('an unknown supplier was approved')
  const { currency, number: invoiceNumber, total } = invoice
  const where = { supplier: supplier.id, iban, amount: total.payable, currency }
  const result = await ledger.pay({ ...where, invoiceNumber, document: key, order: null, approver: 'nobody', key })
  return result.kind === 'paid' ? { outcome: 'paid', paidTo: iban } : { outcome: 'refused', refusal: 'already-paid' }
}
