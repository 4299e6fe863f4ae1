import { describe, expect, it } from 'vitest'
import { checkLines } from '../../src/invoice/check-lines.ts'
import type { InvoiceLine } from '../../src/invoice/invoice.ts'
import { sampleInvoice, sampleLine } from '../sample-invoice.ts'

const findings = (line: Partial<InvoiceLine>) => checkLines(sampleInvoice({ lines: [sampleLine(), sampleLine(line)] }))

describe('the arithmetic of a line', () => {
  it('follows from quantity, price, base quantity, allowances and charges', () => {
    const terms = [
      { kind: 'allowance' as const, reasonCode: null, reason: null, amount: '2.50', vat: null },
      { kind: 'charge' as const, reasonCode: null, reason: null, amount: '1.00', vat: null },
    ]
    const line = { quantity: '-3', price: '10', baseQuantity: '4', allowanceCharges: terms }
    expect(findings({ ...line, netAmount: '-9.00' })).toEqual([])
    expect(findings({ ...line, netAmount: '9.00' })).toEqual([
      {
        rule: 'PEPPOL-EN16931-R120',
        path: '/Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount',
        expected: '-9.00',
        actual: '9.00',
      },
    ])
  })

  it('has two cents, because suppliers calculate with unrounded prices', () => {
    expect(findings({ netAmount: '125.02' })).toEqual([])
    expect(findings({ netAmount: '125.03' })).toMatchObject([{ expected: '125.00', actual: '125.03' }])
  })
})
