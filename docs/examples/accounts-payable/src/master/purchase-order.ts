import { z } from 'zod'
import { Decimal, Money } from '../invoice/decimal.ts'
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts'

export const OrderLine = z.strictObject({
  id: z.string().min(1),
  itemName: z.string().min(1),
  sellerItemId: z.string().nullable(),
  unitCode: z.string().min(1),
  quantity: Decimal,
  price: Decimal,
  baseQuantity: Decimal,
})

/** An allowance or charge agreed with the order, as a share or a fixed amount. */
export const AgreedTerm = z.strictObject({
  kind: z.enum(['allowance', 'charge']),
  /** The order line it is for; null is the whole document. */
  orderLineId: z.string().nullable(),
  /** UNCL 5189 for allowances (95 discount), UNCL 7161 for charges (FC freight). */
  reasonCode: z.string().min(1),
  value: z.union([z.strictObject({ percent: Decimal }), z.strictObject({ amount: Money })]),
})

export const PurchaseOrder = z.strictObject({
  number: z.string().min(1),
  supplierId: z.string().min(1),
  currency: z.string().length(3),
  lines: z.array(OrderLine).min(1),
  agreed: z.array(AgreedTerm),
  /** What earlier invoices have taken from the order. Credited quantities are negative. */
  invoiced: z.array(z.strictObject({ invoiceNumber: z.string(), orderLineId: z.string(), quantity: Decimal })),
})

export type OrderLine = z.infer<typeof OrderLine>
export type AgreedTerm = z.infer<typeof AgreedTerm>
export type PurchaseOrder = z.infer<typeof PurchaseOrder>

/** By the order's number as the buyer issued it; case and blanks do not count. */
export function findOrder(number: string | null, orders: readonly PurchaseOrder[]): PurchaseOrder | undefined {
  return number === null ? undefined : orders.find((order) => plain(order.number) === plain(number))
}

/** The order line that an invoice line names, or else the only one with its item. */
export function orderLineOf(line: InvoiceLine, order: PurchaseOrder): OrderLine | undefined {
  if (line.orderLineId !== null) return order.lines.find((each) => each.id === line.orderLineId)
  if (line.sellerItemId === null) return undefined
  const sameItem = order.lines.filter((each) => each.sellerItemId === line.sellerItemId)
  return sameItem.length === 1 ? sameItem[0] : undefined
}

/** The order after this invoice or credit note has been settled. Booking the same number again changes nothing. */
export function bookInvoice(order: PurchaseOrder, invoice: Invoice): PurchaseOrder {
  if (order.invoiced.some((each) => each.invoiceNumber === invoice.number)) return order
  const booked = invoice.lines.flatMap((line) => {
    const orderLine = orderLineOf(line, order)
    if (orderLine === undefined) return []
    const quantity = invoice.kind === 'invoice' ? line.quantity : opposite(line.quantity)
    return [{ invoiceNumber: invoice.number, orderLineId: orderLine.id, quantity }]
  })
  return { ...order, invoiced: [...order.invoiced, ...booked] }
}

function opposite(quantity: string): string {
  if (quantity === '0') return quantity
  return quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`
}

function plain(number: string): string {
  return number.replaceAll(/\s/g, '').toUpperCase()
}
