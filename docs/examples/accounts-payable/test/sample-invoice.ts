import { Big } from 'big.js'
import { sum, toMoney } from '../src/invoice/decimal.ts'
import type { AllowanceCharge, Invoice, InvoiceLine, VatCategory } from '../src/invoice/invoice.ts'

export const standardVat: VatCategory = { code: 'S', percent: '21' }

export function sampleLine(line: Partial<InvoiceLine> = {}): InvoiceLine {
  const merged = {
    id: '1',
    quantity: '10',
    unitCode: 'C62',
    itemName: 'Copy paper A4',
    itemDescription: null,
    sellerItemId: 'PAP-A4',
    price: '12.5',
    baseQuantity: '1',
    allowanceCharges: [],
    vat: standardVat,
    orderLineId: '1',
    ...line,
  }
  const gross = new Big(merged.quantity).times(merged.price).div(merged.baseQuantity)
  return { ...merged, netAmount: line.netAmount ?? toMoney(gross.plus(signedSum(merged.allowanceCharges))) }
}

/** An invoice whose totals follow from its lines, allowances and charges. */
export function sampleInvoice(invoice: Partial<Invoice> = {}): Invoice {
  const lines = invoice.lines ?? [sampleLine()]
  const allowanceCharges = invoice.allowanceCharges ?? []
  return {
    kind: 'invoice',
    typeCode: '380',
    number: 'INV-1',
    issueDate: '2026-11-02',
    dueDate: '2026-12-02',
    currency: 'EUR',
    buyerReference: null,
    orderReference: 'PO-1',
    precedingInvoices: [],
    supplier: { endpointId: '4000001000005', name: 'Supplier', vatId: 'DE100000001', companyId: 'HRB 1' },
    buyer: { endpointId: '8700001000000', name: 'Buyer', vatId: 'NL100000001B01', companyId: '1' },
    payee: null,
    paymentMeans: [{ code: '30', account: 'DE89370400440532013000', bic: null, paymentId: 'INV-1' }],
    notes: [],
    ...invoice,
    ...totals(lines, allowanceCharges, invoice.total?.prepaid ?? null),
    lines,
    allowanceCharges,
  }
}

function totals(
  lines: readonly InvoiceLine[],
  allowanceCharges: readonly AllowanceCharge[],
  prepaid: string | null,
): Pick<Invoice, 'taxAmount' | 'taxSubtotals' | 'total'> {
  const bases = new Map<string, { vat: VatCategory; amount: Big }>()
  const add = (vat: VatCategory, amount: Big) => {
    const earlier = bases.get(JSON.stringify(vat))?.amount ?? new Big(0)
    bases.set(JSON.stringify(vat), { vat, amount: earlier.plus(amount) })
  }
  for (const line of lines) add(line.vat, new Big(line.netAmount))
  for (const each of allowanceCharges) add(each.vat ?? standardVat, signedSum([each]))
  const taxSubtotals = [...bases.values()].map(({ vat, amount }) => ({
    taxableAmount: toMoney(amount),
    taxAmount: toMoney(amount.times(vat.percent ?? 0).div(100)),
    vat,
  }))
  const taxAmount = toMoney(sum(taxSubtotals.map((subtotal) => subtotal.taxAmount)))
  const lineExtension = sum(lines.map((line) => line.netAmount))
  const taxExclusive = lineExtension.plus(signedSum(allowanceCharges))
  const taxInclusive = taxExclusive.plus(taxAmount)
  const total = {
    lineExtension: toMoney(lineExtension),
    taxExclusive: toMoney(taxExclusive),
    taxInclusive: toMoney(taxInclusive),
    allowances: totalOf(allowanceCharges, 'allowance'),
    charges: totalOf(allowanceCharges, 'charge'),
    prepaid,
    rounding: null,
    payable: toMoney(taxInclusive.minus(prepaid ?? 0)),
  }
  return { taxAmount, taxSubtotals, total }
}

function totalOf(allowanceCharges: readonly AllowanceCharge[], kind: AllowanceCharge['kind']): string | null {
  const amounts = allowanceCharges.filter((each) => each.kind === kind).map((each) => each.amount)
  return amounts.length === 0 ? null : toMoney(sum(amounts))
}

function signedSum(allowanceCharges: readonly AllowanceCharge[]): Big {
  return allowanceCharges.reduce(
    (total, each) => total.plus(new Big(each.amount).times(each.kind === 'charge' ? 1 : -1)),
    new Big(0),
  )
}
