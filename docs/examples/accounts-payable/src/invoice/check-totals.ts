import { Big } from 'big.js'
import { checkVat } from './check-vat.ts'
import { sumOf } from './allowance-sum.ts'
import { sum } from './decimal.ts'
import { differs } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Invoice } from './invoice.ts'
import { ublPath } from './ubl-path.ts'

/**
 * All totals that do not follow from the lines, allowances, charges and rates. What the supplier calculated is compared,
 * never corrected. Whether a line follows from its quantity and price is `checkLines`.
 */
export function checkTotals(invoice: Invoice): Finding[] {
  return [...checkSums(invoice), ...checkVat(invoice), ...checkPayable(invoice)]
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
