import { Big } from 'big.js'
import type { Invoice } from '../invoice/invoice.ts'
import type { PurchaseOrder } from '../master/purchase-order.ts'
import type { Supplier } from '../master/supplier.ts'
import { paymentsOf } from '../payments/ledger.ts'
import type { Booked } from './booked-order.ts'
import type { Settlement } from './settlement.ts'

interface Settling {
  readonly invoice: Invoice
  /** Hash of the document. */
  readonly document: string
  readonly supplier: Supplier | undefined
  readonly order: PurchaseOrder | undefined
  readonly booked: Booked
}

/** What is owed is paid to the account on file; a credit is booked; the rest is settled by hand. Supplier and account are master data. */
export function settlementOf(settling: Settling): Settlement {
  const { invoice, supplier } = settling
  if (supplier === undefined) return entry(settling, 'by-hand')
  const owed = new Big(invoice.total.payable).times(invoice.kind === 'invoice' ? 1 : -1)
  if (owed.lt(0)) return entry(settling, 'credit')
  return owed.gt(0) && invoice.kind === 'invoice' ? payment(settling, supplier) : entry(settling, 'by-hand')
}

function payment(settling: Settling, supplier: Supplier): Settlement {
  const { order, booked } = settling
  const iban = supplier.accounts[0] ?? ''
  const paymentsBefore = paymentsOf(order?.number ?? '', booked.payments).length
  const taken = order === undefined ? null : { number: order.number, paymentsBefore }
  return { tool: 'pay', arguments: { ...known(settling), supplier: supplier.id, iban, order: taken } }
}

function entry(settling: Settling, kind: 'credit' | 'by-hand'): Settlement {
  const { supplier, order } = settling
  return {
    tool: 'book',
    arguments: { ...known(settling), kind, supplier: supplier?.id ?? null, order: order?.number ?? null },
  }
}

function known({ invoice, document }: Settling) {
  const { number: invoiceNumber, currency, total } = invoice
  return { document, invoiceNumber, amount: total.payable, currency }
}
