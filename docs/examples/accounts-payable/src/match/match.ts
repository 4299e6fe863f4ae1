import { Big } from 'big.js'
import { checkLines } from '../invoice/check-lines.ts'
import { toMoney } from '../invoice/decimal.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { ublPath } from '../invoice/ubl-path.ts'
import type { GoodsReceipt } from '../master/goods-receipt.ts'
import type { PurchaseOrder } from '../master/purchase-order.ts'
import type { Supplier } from '../master/supplier.ts'
import type { Deviation, Match, Missing } from './deviation.ts'
import { matchLines } from './match-lines.ts'
import { matchQuantities } from './match-quantities.ts'
import { matchSupplier } from './match-supplier.ts'
import { matchTerms } from './match-terms.ts'

/**
 * Compares an invoice or credit note with its order, what was received of it and what is known of the supplier.
 * `receipts` are those of the order. Pure; the same documents always give the same match, in the same order.
 */
export function match(
  invoice: Invoice,
  order: PurchaseOrder | undefined,
  receipts: readonly GoodsReceipt[],
  supplier: Supplier | undefined,
): Match {
  const deviations = [
    ...matchArithmetic(invoice),
    ...(supplier === undefined ? [] : matchSupplier(invoice, supplier)),
    ...(order === undefined ? [] : matchOrder(invoice, order, receipts)),
    ...(order === undefined || supplier === undefined ? [] : matchOwner(invoice, order, supplier)),
  ]
  return { deviations, missing: missingFor(invoice, order, receipts, supplier) }
}

/** A line that comes to more than its quantity and price is seen by nothing that compares quantity and price alone. */
function matchArithmetic(invoice: Invoice): Deviation[] {
  return checkLines(invoice).map(({ path, expected, actual }) => {
    const amountAtStake = toMoney(new Big(actual).minus(expected).abs())
    return { code: 'line-amount-differs', consequence: 'approval', path, expected, actual, amountAtStake }
  })
}

function matchOrder(invoice: Invoice, order: PurchaseOrder, receipts: readonly GoodsReceipt[]): Deviation[] {
  const amountAtStake = atStake(invoice)
  if (invoice.currency !== order.currency) {
    const path = `${ublPath.root(invoice)}/cbc:DocumentCurrencyCode`
    const [expected, actual] = [order.currency, invoice.currency]
    return [{ code: 'currency-differs', consequence: 'approval', path, expected, actual, amountAtStake }]
  }
  return [
    ...matchLines(invoice, order),
    ...matchQuantities(invoice, order, receipts),
    ...matchTerms(invoice, order),
    ...matchCorrection(invoice, order),
  ]
}

function matchOwner(invoice: Invoice, order: PurchaseOrder, supplier: Supplier): Deviation[] {
  if (order.supplierId === supplier.id) return []
  const path = `${ublPath.root(invoice)}/cac:OrderReference/cbc:ID`
  const [expected, actual] = [order.supplierId, supplier.id]
  return [
    { code: 'supplier-differs', consequence: 'approval', path, expected, actual, amountAtStake: atStake(invoice) },
  ]
}

/** A corrected invoice (384) replaces another one. If that one is booked already, paying both would be paying twice. */
function matchCorrection(invoice: Invoice, order: PurchaseOrder): Deviation[] {
  if (invoice.typeCode !== '384') return []
  const booked = invoice.precedingInvoices.filter(({ number }) =>
    order.invoiced.some((each) => each.invoiceNumber === number),
  )
  return booked.map(({ number }) => ({
    code: 'corrects-booked-invoice',
    consequence: 'approval',
    path: `${ublPath.root(invoice)}/cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID`,
    expected: 'an invoice that is not booked',
    actual: number,
    amountAtStake: atStake(invoice),
  }))
}

function missingFor(
  invoice: Invoice,
  order: PurchaseOrder | undefined,
  receipts: readonly GoodsReceipt[],
  supplier: Supplier | undefined,
): Missing[] {
  const root = ublPath.root(invoice)
  const missing: Missing[] = []
  const add = (code: Missing['code'], path: string, message: string, hint: string) =>
    missing.push({ code, path: `${root}/${path}`, message, hint })
  if (supplier === undefined) {
    add(
      'supplier-unknown',
      'cac:AccountingSupplierParty/cac:Party',
      `${invoice.supplier.name} is not in the supplier master`,
      'have the supplier verified and entered, or decline',
    )
  }
  if (order === undefined && invoice.orderReference === null) {
    add(
      'order-not-named',
      'cac:OrderReference/cbc:ID',
      'the document names no purchase order',
      'ask whoever ordered this for the order, or decline',
    )
  }
  if (order === undefined && invoice.orderReference !== null) {
    add(
      'order-unknown',
      'cac:OrderReference/cbc:ID',
      `there is no purchase order ${invoice.orderReference}`,
      'ask the supplier for the right order number, or decline',
    )
  }
  if (order !== undefined && receipts.length === 0) {
    add(
      'receipt-missing',
      'cac:OrderReference/cbc:ID',
      `nothing has been received for ${order.number}`,
      'ask the warehouse whether the goods have arrived',
    )
  }
  if (invoice.kind === 'credit-note' && invoice.precedingInvoices.length === 0) {
    add(
      'preceding-invoice-not-named',
      'cac:BillingReference',
      'the credit note does not say what it credits',
      'ask the supplier for the number of the credited invoice',
    )
  }
  return missing
}

function atStake(invoice: Invoice): string {
  return invoice.total.payable.replace('-', '')
}
