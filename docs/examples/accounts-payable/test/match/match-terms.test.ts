import { describe, expect, it } from 'vitest'
import type { AllowanceCharge } from '../../src/invoice/invoice.ts'
import { sampleInvoice, sampleLine, standardVat } from '../sample-invoice.ts'
import { deviations } from './agreed-order.ts'

const linePath = '/Invoice/cac:InvoiceLine'

describe('terms', () => {
  const term = (each: Partial<AllowanceCharge>): AllowanceCharge => ({
    kind: 'allowance',
    reasonCode: '95',
    reason: null,
    amount: '6.25',
    vat: standardVat,
    ...each,
  })
  const discount = { kind: 'allowance' as const, orderLineId: null, reasonCode: '95', value: { percent: '5' } }

  it('agree when the allowance is the agreed share', () => {
    expect(deviations(sampleInvoice({ allowanceCharges: [term({})] }), { agreed: [discount] })).toEqual([])
  })

  it('deviate by an allowance that was not agreed, is missing, or is another', () => {
    expect(deviations(sampleInvoice({ allowanceCharges: [term({})] }))).toMatchObject([
      { code: 'allowance-not-agreed', path: '/Invoice/cac:AllowanceCharge', expected: '0.00', actual: '6.25' },
    ])
    expect(deviations(sampleInvoice(), { agreed: [discount] })).toMatchObject([
      { code: 'allowance-not-agreed', expected: '6.25', actual: '0.00' },
    ])
    expect(
      deviations(sampleInvoice({ allowanceCharges: [term({ amount: '5.00' })] }), { agreed: [discount] }),
    ).toMatchObject([{ expected: '6.25', actual: '5.00', amountAtStake: '1.25' }])
  })

  it('deviate by a charge above the agreed one, not by a lower one', () => {
    const freight = { kind: 'charge' as const, orderLineId: null, reasonCode: 'FC', value: { amount: '10.00' } }
    const charged = (amount: string) =>
      deviations(sampleInvoice({ allowanceCharges: [term({ kind: 'charge', reasonCode: 'FC', amount })] }), {
        agreed: [freight],
      })
    expect(charged('10.00')).toEqual([])
    expect(charged('8.00')).toEqual([])
    expect(charged('12.00')).toMatchObject([
      { code: 'charge-not-agreed', expected: '10.00', actual: '12.00', amountAtStake: '2.00' },
    ])
  })

  it('are those of the line for a line', () => {
    const bonus = { ...discount, orderLineId: '1', value: { percent: '10' } }
    const lines = [sampleLine({ allowanceCharges: [term({ amount: '12.50', vat: null })] })]
    expect(deviations(sampleInvoice({ lines }), { agreed: [bonus] })).toEqual([])
    expect(deviations(sampleInvoice({ lines }))).toMatchObject([
      { code: 'allowance-not-agreed', path: `${linePath}/cac:AllowanceCharge` },
    ])
  })
})
