import { Big } from 'big.js'
import { checkVat } from './check-vat.ts'
import { sum, toMoney } from './decimal.ts'
import { differs } from './finding.ts'
import type { Finding } from './finding.ts'
import type { AllowanceCharge, Invoice, InvoiceLine } from './invoice.ts'
import { ublPath } from './ubl-path.ts'

// Peppol gives a line two cents, because suppliers calculate with unrounded prices.
const lineSlack = new Big('0.02')

/** All amounts that do not add up, lines first. What the supplier calculated is compared, never corrected. */
export function checkTotals(invoice: Invoice): Finding[] {
  return [
    ...invoice.lines.flatMap((line, index) => checkLine(line, ublPath.line(invoice, index))),
    ...checkSums(invoice),
    ...checkVat(invoice),
    ...checkPayable(invoice),
  ]
}

function checkLine(line: InvoiceLine, path: string): Finding[] {
  const expected = new Big(line.quantity)
    .times(line.price)
    .div(line.baseQuantity)
    .plus(sumOf(line.allowanceCharges, 'charge'))
    .minus(sumOf(line.allowanceCharges, 'allowance'))
  if (expected.minus(line.netAmount).abs().lte(lineSlack)) return []
  const actual = line.netAmount
  return [{ rule: 'PEPPOL-EN16931-R120', path: `${path}/cbc:LineExtensionAmount`, expected: toMoney(expected), actual }]
}

function checkSums(invoice: Invoice): Finding[] {
  const { total, allowanceCharges } = invoice
  const lines = sum(invoice.lines.map((line) => line.netAmount))
  const allowances = sumOf(allowanceCharges, 'allowance')
  const charges = sumOf(allowanceCharges, 'charge')
  const taxExclusive = new Big(total.lineExtension).minus(total.allowances ?? 0).plus(total.charges ?? 0)
  const at = (name: string) => ublPath.total(invoice, name)
  return [
    ...differs('BR-CO-10', at('LineExtensionAmount'), lines, total.lineExtension),
    ...differs('BR-CO-11', at('AllowanceTotalAmount'), allowances, total.allowances ?? '0.00'),
    ...differs('BR-CO-12', at('ChargeTotalAmount'), charges, total.charges ?? '0.00'),
    ...differs('BR-CO-13', at('TaxExclusiveAmount'), taxExclusive, total.taxExclusive),
  ]
}

function checkPayable(invoice: Invoice): Finding[] {
  const { total } = invoice
  const taxInclusive = new Big(total.taxExclusive).plus(invoice.taxAmount)
  const payable = new Big(total.taxInclusive).minus(total.prepaid ?? 0).plus(total.rounding ?? 0)
  return [
    ...differs('BR-CO-15', ublPath.total(invoice, 'TaxInclusiveAmount'), taxInclusive, total.taxInclusive),
    ...differs('BR-CO-16', ublPath.total(invoice, 'PayableAmount'), payable, total.payable),
  ]
}

function sumOf(allowanceCharges: readonly AllowanceCharge[], kind: AllowanceCharge['kind']): Big {
  return sum(allowanceCharges.filter((each) => each.kind === kind).map((each) => each.amount))
}
