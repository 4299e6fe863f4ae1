import { Big } from 'big.js'
import { sum, toMoney } from '../invoice/decimal.ts'
import type { AllowanceCharge, Invoice, InvoiceLine } from '../invoice/invoice.ts'
import { ublPath } from '../invoice/ubl-path.ts'
import { orderLineOf } from '../master/purchase-order.ts'
import type { AgreedTerm, PurchaseOrder } from '../master/purchase-order.ts'
import type { Deviation } from './deviation.ts'

/** Allowances and charges against those agreed with the order, for the whole document and for each line. */
export function matchTerms(invoice: Invoice, order: PurchaseOrder): Deviation[] {
  const document = {
    stated: invoice.allowanceCharges,
    agreed: order.agreed.filter((term) => term.orderLineId === null),
    base: new Big(invoice.total.lineExtension),
    path: ublPath.root(invoice),
  }
  const lines = invoice.lines.map((line, index) => ({
    stated: line.allowanceCharges,
    agreed: agreedFor(line, order),
    base: new Big(line.quantity).times(line.price).div(line.baseQuantity),
    path: ublPath.line(invoice, index),
  }))
  return [document, ...lines].flatMap((terms) => matchLevel(terms, invoice.kind))
}

function agreedFor(line: InvoiceLine, order: PurchaseOrder): AgreedTerm[] {
  const orderLine = orderLineOf(line, order)
  return orderLine === undefined ? [] : order.agreed.filter((term) => term.orderLineId === orderLine.id)
}

interface Terms {
  readonly stated: readonly AllowanceCharge[]
  readonly agreed: readonly AgreedTerm[]
  readonly base: Big
  readonly path: string
}

// Rounding of a share may differ by a cent or two.
const slack = new Big('0.02')

function matchLevel(terms: Terms, kind: Invoice['kind']): Deviation[] {
  const stated = terms.stated.map((each) => termKey(each))
  const agreed = terms.agreed.map((each) => termKey(each))
  return [...new Set([...agreed, ...stated])].flatMap((key) => {
    const statedTotal = sum(terms.stated.filter((each) => termKey(each) === key).map((each) => each.amount))
    const agreedTotal = sum(
      terms.agreed.filter((each) => termKey(each) === key).map((each) => amountOf(each, terms.base)),
    )
    const isAllowance = key.startsWith('allowance')
    if (!isDeviation(statedTotal, agreedTotal, isAllowance, kind)) return []
    return [
      {
        code: isAllowance ? 'allowance-not-agreed' : 'charge-not-agreed',
        consequence: 'approval',
        path: pathOf(terms, key),
        expected: toMoney(agreedTotal),
        actual: toMoney(statedTotal),
        amountAtStake: toMoney(statedTotal.minus(agreedTotal).abs()),
      },
    ]
  })
}

/** An allowance must be the agreed one; a charge may be lower. A credit note need not repeat what its invoice had. */
function isDeviation(stated: Big, agreed: Big, isAllowance: boolean, kind: Invoice['kind']): boolean {
  if (kind === 'credit-note' && stated.eq(0)) return false
  const more = stated.minus(agreed)
  return isAllowance ? more.abs().gt(slack) : more.gt(slack)
}

function amountOf({ value }: AgreedTerm, base: Big): string {
  return 'amount' in value ? value.amount : toMoney(base.times(value.percent).div(100))
}

function pathOf(terms: Terms, key: string): string {
  const index = terms.stated.findIndex((each) => termKey(each) === key)
  return `${terms.path}/cac:AllowanceCharge${index >= 0 && terms.stated.length > 1 ? `[${index + 1}]` : ''}`
}

function termKey(term: { readonly kind: string; readonly reasonCode: string | null }): string {
  return `${term.kind} ${term.reasonCode ?? ''}`
}
