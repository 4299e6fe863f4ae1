import { Big } from 'big.js'
import { sum, toMoney } from './decimal.ts'
import { differs } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Invoice, TaxSubtotal, VatCategory } from './invoice.ts'
import { ublPath } from './ubl-path.ts'

const cent = new Big('0.01')

// EN 16931 names the rules of these categories otherwise than their codes.
const ruleNames = new Map([
  ['K', 'IC'],
  ['L', 'AF'],
  ['M', 'AG'],
])

/** The tax of each VAT category, the amounts it is calculated from, and its sum (BR-CO-14, BR-CO-17, BR-CO-18, BR-S-08 and its kin). */
export function checkVat(invoice: Invoice): Finding[] {
  const bases = taxBases(invoice)
  const taxTotal = `${ublPath.root(invoice)}/cac:TaxTotal`
  const tax = sum(invoice.taxSubtotals.map((subtotal) => subtotal.taxAmount))
  const stated = new Set(invoice.taxSubtotals.map((subtotal) => categoryKey(subtotal.vat)))
  const unstated = [...bases].filter(([key]) => !stated.has(key))
  return [
    ...invoice.taxSubtotals.flatMap((subtotal, index) =>
      checkSubtotal(subtotal, bases.get(categoryKey(subtotal.vat)), ublPath.taxSubtotal(invoice, index)),
    ),
    ...unstated.flatMap(([, base]) => differs('BR-CO-18', `${taxTotal}/cac:TaxSubtotal`, base.taxable, '0.00')),
    ...differs('BR-CO-14', `${taxTotal}/cbc:TaxAmount`, tax, invoice.taxAmount),
  ]
}

/** What lines and document level allowances and charges add to one category at one rate. */
interface TaxBase {
  readonly taxable: Big
  readonly parts: number
}

function checkSubtotal(subtotal: TaxSubtotal, base: TaxBase | undefined, path: string): Finding[] {
  const { taxableAmount, taxAmount, vat } = subtotal
  const taxable = base?.taxable ?? new Big(0)
  return [
    ...differs(`BR-${ruleNames.get(vat.code) ?? vat.code}-08`, `${path}/cbc:TaxableAmount`, taxable, taxableAmount),
    ...checkTax(subtotal, base?.parts ?? 1, `${path}/cbc:TaxAmount`, taxAmount),
  ]
}

// The official check of BR-CO-17 lets a whole unit of currency pass. Rounding line by line explains a cent a line, and no more is given here.
function checkTax(subtotal: TaxSubtotal, parts: number, path: string, actual: string): Finding[] {
  const tax = new Big(subtotal.taxableAmount).times(subtotal.vat.percent ?? 0).div(100)
  const expected = toMoney(tax)
  const slack = cent.times(parts > 1 ? parts : 0)
  return new Big(expected).minus(actual).abs().lte(slack) ? [] : [{ rule: 'BR-CO-17', path, expected, actual }]
}

function taxBases(invoice: Invoice): Map<string, TaxBase> {
  const bases = new Map<string, TaxBase>()
  const add = (vat: VatCategory, amount: Big) => {
    const { taxable, parts } = bases.get(categoryKey(vat)) ?? { taxable: new Big(0), parts: 0 }
    bases.set(categoryKey(vat), { taxable: taxable.plus(amount), parts: parts + 1 })
  }
  for (const line of invoice.lines) add(line.vat, new Big(line.netAmount))
  for (const { kind, amount, vat } of invoice.allowanceCharges) {
    if (vat !== null) add(vat, new Big(amount).times(kind === 'charge' ? 1 : -1))
  }
  return bases
}

function categoryKey(vat: VatCategory): string {
  return `${vat.code} ${vat.percent ?? '0'}`
}
