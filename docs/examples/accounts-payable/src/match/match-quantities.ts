import { Big } from 'big.js'
import { sum, toDecimal, toMoney } from '../invoice/decimal.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { ublPath } from '../invoice/ubl-path.ts'
import type { GoodsReceipt } from '../master/goods-receipt.ts'
import { orderLineOf } from '../master/purchase-order.ts'
import type { OrderLine, PurchaseOrder } from '../master/purchase-order.ts'
import type { Deviation } from './deviation.ts'

/**
 * What the document takes from each order line against what was ordered, received and invoiced before. Lines of one
 * order line count together, so that a quantity split over two lines, or taken back by a negative one, is seen as a whole.
 */
export function matchQuantities(
  invoice: Invoice,
  order: PurchaseOrder,
  receipts: readonly GoodsReceipt[],
): Deviation[] {
  return order.lines.flatMap((orderLine) => {
    const lines = invoice.lines.flatMap((line, index) => (orderLineOf(line, order) === orderLine ? [index] : []))
    const last = lines.at(-1)
    if (last === undefined) return []
    const stated = sum(lines.map((index) => invoice.lines[index]?.quantity ?? '0'))
    const quantities = { ...known(orderLine, order, receipts, invoice), taken: signed(stated, invoice) }
    const path = `${ublPath.line(invoice, last)}/cbc:${invoice.kind === 'invoice' ? 'InvoicedQuantity' : 'CreditedQuantity'}`
    return compare(quantities, orderLine, path)
  })
}

interface Quantities {
  readonly ordered: Big
  readonly received: Big | undefined
  readonly earlier: Big
  /** Negative if the document gives back. */
  readonly taken: Big
}

function known(
  orderLine: OrderLine,
  order: PurchaseOrder,
  receipts: readonly GoodsReceipt[],
  invoice: Invoice,
): Omit<Quantities, 'taken'> {
  const replaced = invoice.typeCode === '384' ? invoice.precedingInvoices.map(({ number }) => number) : []
  const earlier = order.invoiced.filter(
    (each) => each.orderLineId === orderLine.id && !replaced.includes(each.invoiceNumber),
  )
  const received = receipts.flatMap((receipt) => receipt.lines).filter((each) => each.orderLineId === orderLine.id)
  return {
    ordered: new Big(orderLine.quantity),
    received: receipts.length === 0 ? undefined : sum(received.map((each) => each.quantity)),
    earlier: sum(earlier.map((each) => each.quantity)),
  }
}

function compare({ ordered, received, earlier, taken }: Quantities, orderLine: OrderLine, path: string): Deviation[] {
  if (taken.lt(0)) {
    return above('quantity-above-invoiced', taken.times(-1), earlier, { orderLine, path })
  }
  const isReceiptLower = received?.lt(ordered) ?? false
  const limit = isReceiptLower && received !== undefined ? received : ordered
  return above(isReceiptLower ? 'quantity-above-received' : 'quantity-above-ordered', taken, limit.minus(earlier), {
    orderLine,
    path,
  })
}

interface Place {
  readonly orderLine: OrderLine
  readonly path: string
}

function above(code: Deviation['code'], actual: Big, expected: Big, { orderLine, path }: Place): Deviation[] {
  if (actual.lte(expected)) return []
  const unitPrice = new Big(orderLine.price).div(orderLine.baseQuantity)
  const amountAtStake = toMoney(actual.minus(expected).times(unitPrice))
  return [
    { code, consequence: 'approval', path, expected: toDecimal(expected), actual: toDecimal(actual), amountAtStake },
  ]
}

function signed(quantity: Big, invoice: Invoice): Big {
  return invoice.kind === 'invoice' ? quantity : quantity.times(-1)
}
