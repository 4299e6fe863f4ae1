import { Big } from 'big.js'
import { sumOf } from './allowance-sum.ts'
import { toMoney } from './decimal.ts'
import type { Finding } from './finding.ts'
import type { Invoice, InvoiceLine } from './invoice.ts'
import { ublPath } from './ubl-path.ts'

// Peppol gives a line two cents, because suppliers calculate with unrounded prices.
const slack = new Big('0.02')

/**
 * All lines whose net amount does not follow from quantity, price, allowances and charges. Peppol demands it (R120), EN 16931
 * does not, and several of its own examples break it: so it is for a person to look at, not a reason to refuse the file.
 */
export function checkLines(invoice: Invoice): Finding[] {
  return invoice.lines.flatMap((line, index) => {
    const expected = netAmountOf(line)
    if (expected.minus(line.netAmount).abs().lte(slack)) return []
    const path = `${ublPath.line(invoice, index)}/cbc:LineExtensionAmount`
    return [{ rule: 'PEPPOL-EN16931-R120', path, expected: toMoney(expected), actual: line.netAmount }]
  })
}

function netAmountOf(line: InvoiceLine): Big {
  return new Big(line.quantity)
    .times(line.price)
    .div(line.baseQuantity)
    .plus(sumOf(line.allowanceCharges, 'charge'))
    .minus(sumOf(line.allowanceCharges, 'allowance'))
}
