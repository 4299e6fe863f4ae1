import { describe, expect, it } from 'vitest'
import { match } from '../../src/match/match.ts'
import { sampleInvoice } from '../sample-invoice.ts'
import { deviations, order, received, supplier, withLine } from './agreed-order.ts'

const linePath = '/Invoice/cac:InvoiceLine'

describe('an invoice that agrees', () => {
  it('has no deviations and nothing missing', () => {
    expect(match(sampleInvoice(), order, received('10'), supplier)).toEqual({ deviations: [], missing: [] })
  })

  it('agrees on a price that is stated for another base quantity', () => {
    expect(deviations(withLine({ price: '1250', baseQuantity: '100' }))).toEqual([])
  })

  it('is matched by its item when it names no order line', () => {
    expect(deviations(withLine({ orderLineId: null }))).toEqual([])
  })
})

describe('what is missing', () => {
  const missing = (...args: Parameters<typeof match>) => match(...args).missing.map(({ code }) => code)

  it('is a supplier or an order that nobody knows', () => {
    expect(missing(sampleInvoice(), undefined, [], undefined)).toEqual(['supplier-unknown', 'order-unknown'])
    expect(missing(sampleInvoice({ orderReference: null }), undefined, [], supplier)).toEqual(['order-not-named'])
  })

  it('is a receipt, while nothing of the order has arrived', () => {
    expect(missing(sampleInvoice(), order, [], supplier)).toEqual(['receipt-missing'])
  })

  it('is the invoice that a credit note credits', () => {
    const creditNote = sampleInvoice({ kind: 'credit-note', typeCode: '381' })
    expect(missing(creditNote, order, received('10'), supplier)).toEqual(['preceding-invoice-not-named'])
  })
})

describe('where the money goes', () => {
  it('refuses a bank account that is not on file, and says which is', () => {
    const means = [{ code: '30', account: 'LT000000000000000000', bic: null, paymentId: null }]
    expect(deviations(sampleInvoice({ paymentMeans: means }))).toEqual([
      {
        code: 'bank-account-changed',
        consequence: 'refusal',
        path: '/Invoice/cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID',
        expected: 'DE89370400440532013000 or NL91ABNA0417164300',
        actual: 'LT000000000000000000',
        amountAtStake: '151.25',
      },
    ])
  })

  it('refuses it also when it hides behind a good one', () => {
    const [good] = sampleInvoice().paymentMeans
    const means = [
      ...(good === undefined ? [] : [good]),
      { code: '30', account: 'LT000000000000000000', bic: null, paymentId: null },
    ]
    expect(deviations(sampleInvoice({ paymentMeans: means }))).toMatchObject([
      { code: 'bank-account-changed', path: '/Invoice/cac:PaymentMeans[2]/cac:PayeeFinancialAccount/cbc:ID' },
    ])
  })

  it('takes each account on file, and none at all', () => {
    const means = [{ code: '30', account: 'NL91ABNA0417164300', bic: null, paymentId: null }]
    expect(deviations(sampleInvoice({ paymentMeans: means }))).toEqual([])
    expect(deviations(sampleInvoice({ paymentMeans: [] }))).toEqual([])
  })

  it('asks a person when somebody else is to be paid', () => {
    const payee = { name: 'Factoring', companyId: null }
    expect(deviations(sampleInvoice({ payee }))).toMatchObject([{ code: 'payee-differs', actual: 'Factoring' }])
  })

  it('asks a person when the order was given to another supplier', () => {
    expect(deviations(sampleInvoice(), { supplierId: 'SUP-2' })).toMatchObject([{ code: 'supplier-differs' }])
  })
})

describe('a line', () => {
  it('compares nothing of an order in another currency', () => {
    expect(deviations(sampleInvoice({ currency: 'SEK' }))).toMatchObject([
      { code: 'currency-differs', expected: 'EUR', actual: 'SEK' },
    ])
  })

  it('may be on no line of the order', () => {
    expect(deviations(withLine({ orderLineId: '7' }))).toMatchObject([
      { code: 'line-not-on-order', path: linePath, actual: 'Copy paper A4', amountAtStake: '125.00' },
    ])
  })

  it('may come to more than its quantity and price, with an order or without', () => {
    const invoice = withLine({ netAmount: '175.00' })
    const deviation = { code: 'line-amount-differs', expected: '125.00', actual: '175.00', amountAtStake: '50.00' }
    expect(deviations(invoice)).toMatchObject([deviation])
    expect(match(invoice, undefined, [], supplier).deviations).toMatchObject([deviation])
  })

  it('may have another price', () => {
    expect(deviations(withLine({ price: '13' }))).toMatchObject([
      {
        code: 'price-differs',
        path: `${linePath}/cac:Price/cbc:PriceAmount`,
        expected: '12.5',
        actual: '13',
        amountAtStake: '5.00',
      },
    ])
  })

  it('may be another item, or count in another unit', () => {
    expect(deviations(withLine({ sellerItemId: 'PAP-A3' }))).toMatchObject([{ code: 'item-differs' }])
    expect(deviations(withLine({ unitCode: 'BX' }))).toMatchObject([
      { code: 'unit-differs', expected: 'C62', actual: 'BX' },
    ])
  })
})
