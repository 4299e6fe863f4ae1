import type { ToolContext } from 'roster'
import type { BookEntry } from '../books/book-entry.ts'
import { readKept } from '../documents/document-reference.ts'
import { masterData } from '../master/master-data.ts'
import { bookInvoice, findOrder, type PurchaseOrder } from '../master/purchase-order.ts'
import { paymentsOf } from '../payments/ledger.ts'
import type { Payment } from '../payments/payment.ts'

/** What the desk has settled so far. */
export interface Booked {
  readonly payments: readonly Payment[]
  readonly entries: readonly BookEntry[]
}

/** An order with what the payments and credits of this desk have taken from it: the documents are read again, by their hashes. */
export async function bookedOrder(
  number: string | null,
  { payments, entries }: Booked,
  context: ToolContext,
): Promise<PurchaseOrder | undefined> {
  const order = findOrder(number, masterData.orders)
  if (order === undefined) return undefined
  const credits = entries.filter((entry) => entry.kind === 'credit' && entry.order === order.number)
  let booked = order
  for (const { document } of [...paymentsOf(order.number, payments), ...credits]) {
    const result = await readKept({ hash: document, name: document }, context).catch(() => undefined)
    if (result?.kind !== 'read')
      throw new Error(
        `the settled document ${document} cannot be read any more; restore it before comparing with ${order.number}`,
      )
    booked = bookInvoice(booked, result.invoice)
  }
  return booked
}
