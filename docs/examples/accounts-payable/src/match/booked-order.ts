import type { ToolContext } from 'roster'
import type { BookEntry } from '../books/book-entry.ts'
import { readInvoice } from '../invoice/read-invoice.ts'
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
  context: Pick<ToolContext, 'document'>,
): Promise<PurchaseOrder | undefined> {
  const order = findOrder(number, masterData.orders)
  if (order === undefined) return undefined
  const credits = entries.filter((entry) => entry.kind === 'credit' && entry.order === order.number)
  let booked = order
  for (const { document } of [...paymentsOf(order.number, payments), ...credits]) {
    const bytes = await context.document(document)
    const result = bytes === undefined ? undefined : readInvoice(bytes)
    if (result?.ok !== true)
      throw new Error(
        `the settled document ${document} cannot be read any more; restore it before comparing with ${order.number}`,
      )
    booked = bookInvoice(booked, result.invoice)
  }
  return booked
}
