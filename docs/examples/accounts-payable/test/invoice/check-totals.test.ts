import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLines } from '../../src/invoice/check-lines.ts'
import { checkTotals } from '../../src/invoice/check-totals.ts'
import { toDecimal, toMoney } from '../../src/invoice/decimal.ts'
import type { Invoice, VatCategory } from '../../src/invoice/invoice.ts'
import { invoiceXml } from '../invoice-xml.ts'
import { invoiceIn } from '../reading.ts'
import { sampleInvoice, sampleLine } from '../sample-invoice.ts'

const cents = (max: number) => fc.integer({ min: 1, max }).map((value) => toMoney(new Big(value).div(100)))
const vat: fc.Arbitrary<VatCategory> = fc.constantFrom(
  { code: 'S', percent: '21' },
  { code: 'S', percent: '9' },
  { code: 'S', percent: '5.5' },
  { code: 'E', percent: '0' },
  { code: 'O', percent: null },
)
const allowanceCharge = fc.record({
  kind: fc.constantFrom('allowance' as const, 'charge' as const),
  reasonCode: fc.constant('95'),
  reason: fc.constant(null),
  amount: cents(10_000),
  vat,
})
const line = fc
  .record({
    quantity: fc
      .integer({ min: -500_000, max: 500_000 })
      .filter((n) => n !== 0)
      .map((n) => toDecimal(new Big(n).div(1_000))),
    price: fc.nat({ max: 10_000_000 }).map((n) => toDecimal(new Big(n).div(10_000))),
    baseQuantity: fc.constantFrom('1', '3', '100'),
    vat,
    allowanceCharges: fc.array(
      allowanceCharge.map((each) => ({ ...each, vat: null })),
      { maxLength: 2 },
    ),
  })
  .map((each) => sampleLine(each))
const invoice = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    allowanceCharges: fc.array(allowanceCharge, { maxLength: 3 }),
  })
  .map((each) => sampleInvoice({ ...each, precedingInvoices: [{ number: 'INV-0', issueDate: null }] }))

/** Every amount that follows from others, and how to change it alone. */
type Change = (invoice: Invoice, to: (amount: string) => string) => Invoice
const changes: Record<string, Change> = {
  lineExtension: (of, to) => ({ ...of, total: { ...of.total, lineExtension: to(of.total.lineExtension) } }),
  allowances: (of, to) => ({ ...of, total: { ...of.total, allowances: to(of.total.allowances ?? '0.00') } }),
  charges: (of, to) => ({ ...of, total: { ...of.total, charges: to(of.total.charges ?? '0.00') } }),
  taxExclusive: (of, to) => ({ ...of, total: { ...of.total, taxExclusive: to(of.total.taxExclusive) } }),
  taxInclusive: (of, to) => ({ ...of, total: { ...of.total, taxInclusive: to(of.total.taxInclusive) } }),
  prepaid: (of, to) => ({ ...of, total: { ...of.total, prepaid: to(of.total.prepaid ?? '0.00') } }),
  rounding: (of, to) => ({ ...of, total: { ...of.total, rounding: to(of.total.rounding ?? '0.00') } }),
  payable: (of, to) => ({ ...of, total: { ...of.total, payable: to(of.total.payable) } }),
  tax: (of, to) => ({ ...of, taxAmount: to(of.taxAmount) }),
  taxable: (of, to) => ({
    ...of,
    taxSubtotals: of.taxSubtotals.map((each, index) =>
      index === 0 ? { ...each, taxableAmount: to(each.taxableAmount) } : each,
    ),
  }),
  categoryTax: (of, to) => ({
    ...of,
    taxSubtotals: of.taxSubtotals.map((each, index) =>
      index === 0 ? { ...each, taxAmount: to(each.taxAmount) } : each,
    ),
  }),
  lineNet: (of, to) => ({
    ...of,
    lines: of.lines.map((each, index) => (index === 0 ? { ...each, netAmount: to(each.netAmount) } : each)),
  }),
  documentAllowanceOrCharge: (of, to) => ({
    ...of,
    allowanceCharges: of.allowanceCharges.map((each, index) =>
      index === 0 ? { ...each, amount: to(each.amount) } : each,
    ),
  }),
}

describe('the arithmetic of an invoice', () => {
  it('finds nothing in an invoice that adds up', () => {
    fc.assert(
      fc.property(invoice, (each) => {
        expect([...checkTotals(each), ...checkLines(each)]).toEqual([])
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  it('still finds nothing after the invoice has been written and read', () => {
    fc.assert(
      fc.property(invoice, (each) => {
        expect(checkTotals(invoiceIn(invoiceXml(each)))).toEqual([])
      }),
      { seed: 4, numRuns: 50 },
    )
  })

  it.each(Object.entries(changes))('finds any single changed amount: %s', (_, change) => {
    fc.assert(
      fc.property(
        invoice,
        fc.integer({ min: -100_000, max: 100_000 }).filter((difference) => difference !== 0),
        (each, difference) => {
          const changed = change(each, (amount) => toMoney(new Big(amount).plus(new Big(difference).div(100))))
          fc.pre(JSON.stringify(changed) !== JSON.stringify(each))
          expect(checkTotals(changed)).not.toEqual([])
        },
      ),
      { seed: 5, numRuns: 100 },
    )
  })

  it('names the rule, the place, what follows and what is stated', () => {
    const { total } = sampleInvoice()
    expect(checkTotals(sampleInvoice({}))).toEqual([])
    expect(checkTotals({ ...sampleInvoice(), total: { ...total, payable: '150.00' } })).toEqual([
      {
        rule: 'BR-CO-16',
        path: '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount',
        expected: '151.25',
        actual: '150.00',
      },
    ])
  })

  it('gives the tax of a category a cent a line, because suppliers round line by line', () => {
    const lines = [sampleLine({ id: '1', price: '0.03' }), sampleLine({ id: '2', price: '0.03' })]
    const taxed = (taxAmount: string): Invoice => {
      const right = sampleInvoice({ lines })
      const taxInclusive = toMoney(new Big(right.total.taxExclusive).plus(taxAmount))
      const taxSubtotals = right.taxSubtotals.map((subtotal) => ({ ...subtotal, taxAmount }))
      return { ...right, taxAmount, taxSubtotals, total: { ...right.total, taxInclusive, payable: taxInclusive } }
    }
    expect(checkTotals(taxed('0.15'))).toEqual([])
    expect(checkTotals(taxed('0.16'))).toMatchObject([{ rule: 'BR-CO-17', expected: '0.13', actual: '0.16' }])
  })

  it('misses the category of a line that no subtotal states', () => {
    const lines = [sampleLine(), sampleLine({ id: '2', vat: { code: 'K', percent: '0' } })]
    const { taxSubtotals, ...rest } = sampleInvoice({ lines })
    expect(checkTotals({ ...rest, taxSubtotals: taxSubtotals.slice(0, 1) })).toMatchObject([
      { rule: 'BR-CO-18', expected: '125.00', actual: '0.00' },
    ])
  })
})
