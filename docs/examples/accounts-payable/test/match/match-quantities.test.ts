import { describe, expect, it } from 'vitest'
import { bookInvoice } from '../../src/master/purchase-order.ts'
import { sampleInvoice, sampleLine } from '../sample-invoice.ts'
import { deviations, order, received, withLine } from './agreed-order.ts'

const linePath = '/Invoice/cac:InvoiceLine'

describe('a quantity', () => {
  const path = `${linePath}/cbc:InvoicedQuantity`

  it('may be above what was ordered', () => {
    expect(deviations(withLine({ quantity: '12' }), {}, received('12'))).toMatchObject([
      { code: 'quantity-above-ordered', path, expected: '10', actual: '12', amountAtStake: '25.00' },
    ])
  })

  it('may be above what was received', () => {
    expect(deviations(sampleInvoice(), {}, received('8'))).toMatchObject([
      { code: 'quantity-above-received', expected: '8', actual: '10', amountAtStake: '25.00' },
    ])
  })

  it('counts together with what earlier invoices took', () => {
    const invoiced = [{ invoiceNumber: 'INV-0', orderLineId: '1', quantity: '6' }]
    expect(deviations(sampleInvoice(), { invoiced })).toMatchObject([
      { code: 'quantity-above-ordered', expected: '4', actual: '10', amountAtStake: '75.00' },
    ])
  })

  it('is seen as a whole when it is split over two lines', () => {
    const lines = [sampleLine({ quantity: '6' }), sampleLine({ id: '2', quantity: '6' })]
    expect(deviations(sampleInvoice({ lines }), {}, received('12'))).toMatchObject([
      { code: 'quantity-above-ordered', path: `${linePath}[2]/cbc:InvoicedQuantity`, expected: '10', actual: '12' },
    ])
  })

  it('is lowered by a negative line', () => {
    const lines = [sampleLine({ quantity: '12' }), sampleLine({ id: '2', quantity: '-2' })]
    expect(deviations(sampleInvoice({ lines }))).toEqual([])
  })

  it('may be credited up to what was invoiced', () => {
    const creditNote = sampleInvoice({ kind: 'credit-note', precedingInvoices: [{ number: 'INV-0', issueDate: null }] })
    expect(deviations(creditNote)).toMatchObject([{ code: 'quantity-above-invoiced', expected: '0', actual: '10' }])
    expect(
      deviations(creditNote, { invoiced: [{ invoiceNumber: 'INV-0', orderLineId: '1', quantity: '10' }] }),
    ).toEqual([])
  })

  it('is not counted twice when a corrected invoice replaces a booked one, which a person must see', () => {
    const corrected = sampleInvoice({
      number: 'INV-1-C',
      typeCode: '384',
      precedingInvoices: [{ number: 'INV-1', issueDate: null }],
    })
    const booked = bookInvoice(order, sampleInvoice())
    expect(deviations(corrected)).toEqual([])
    expect(deviations(corrected, booked)).toMatchObject([{ code: 'corrects-booked-invoice', actual: 'INV-1' }])
  })
})
