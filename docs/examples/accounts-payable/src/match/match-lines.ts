import { Big } from 'big.js'
import { toDecimal, toMoney } from '../invoice/decimal.ts'
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts'
import { ublPath } from '../invoice/ubl-path.ts'
import { orderLineOf } from '../master/purchase-order.ts'
import type { OrderLine, PurchaseOrder } from '../master/purchase-order.ts'
import type { Deviation } from './deviation.ts'

/** Item, unit and price of each line against its order line. */
export function matchLines(invoice: Invoice, order: PurchaseOrder): Deviation[] {
  return invoice.lines.flatMap((line, index) => {
    const path = ublPath.line(invoice, index)
    const orderLine = orderLineOf(line, order)
    return orderLine === undefined ? [notOnOrder(line, order, path)] : matchLine(line, orderLine, path)
  })
}

function notOnOrder(line: InvoiceLine, order: PurchaseOrder, path: string): Deviation {
  return {
    code: 'line-not-on-order',
    consequence: 'approval',
    path,
    expected: `a line of ${order.number}`,
    actual: line.itemName,
    amountAtStake: line.netAmount.replace('-', ''),
  }
}

function matchLine(line: InvoiceLine, orderLine: OrderLine, path: string): Deviation[] {
  const found: Deviation[] = []
  const amountAtStake = line.netAmount.replace('-', '')
  if (line.sellerItemId !== null && orderLine.sellerItemId !== null && line.sellerItemId !== orderLine.sellerItemId) {
    const [expected, actual] = [orderLine.sellerItemId, line.sellerItemId]
    const itemPath = `${path}/cac:Item/cac:SellersItemIdentification/cbc:ID`
    found.push({ code: 'item-differs', consequence: 'approval', path: itemPath, expected, actual, amountAtStake })
  }
  if (line.unitCode !== orderLine.unitCode) {
    const [expected, actual] = [orderLine.unitCode, line.unitCode ?? 'none']
    found.push({ code: 'unit-differs', consequence: 'approval', path, expected, actual, amountAtStake })
  }
  return [...found, ...matchPrice(line, orderLine, path)]
}

/** Prices may be stated for different base quantities, so the cross products are compared: no division, no rounding. */
function matchPrice(line: InvoiceLine, orderLine: OrderLine, path: string): Deviation[] {
  const actual = new Big(line.price).times(orderLine.baseQuantity)
  const expected = new Big(orderLine.price).times(line.baseQuantity)
  if (actual.eq(expected)) return []
  const difference = actual.minus(expected).div(orderLine.baseQuantity).div(line.baseQuantity)
  return [
    {
      code: 'price-differs',
      consequence: 'approval',
      path: `${path}/cac:Price/cbc:PriceAmount`,
      expected: toDecimal(expected.div(orderLine.baseQuantity).round(4)),
      actual: line.price,
      amountAtStake: toMoney(difference.times(line.quantity).abs()),
    },
  ]
}
