import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../src/invoice/invoice.ts'
import { approverFor } from '../../src/master/approval-limits.ts'
import { bookInvoice, findOrder } from '../../src/master/purchase-order.ts'
import { findSupplier } from '../../src/master/supplier.ts'
import { match } from '../../src/match/match.ts'
import { order, supplier, withLine } from '../match/agreed-order.ts'
import { sampleInvoice } from '../sample-invoice.ts'

describe('the master data', () => {
  it('knows a supplier by its identifiers, never by its name, and not by contradicting ones', () => {
    const sent = (party: Partial<Invoice['supplier']>) =>
      findSupplier(sampleInvoice({ supplier: { ...sampleInvoice().supplier, ...party } }), [supplier])?.id
    expect(sent({})).toBe('SUP-1')
    expect(sent({ name: 'Other', vatId: 'DE 100000001', endpointId: null })).toBe('SUP-1')
    expect(sent({ vatId: null, companyId: null, endpointId: null })).toBeUndefined()
    expect(sent({ vatId: 'DE999999999' })).toBeUndefined()
  })

  it('knows an order by its number', () => {
    expect(findOrder('po-1 ', [order])?.number).toBe('PO-1')
    expect(findOrder('PO-2', [order])).toBeUndefined()
    expect(findOrder(null, [order])).toBeUndefined()
  })

  it('books an invoice once, and a credit note the other way', () => {
    const booked = bookInvoice(bookInvoice(order, sampleInvoice()), sampleInvoice())
    expect(booked.invoiced).toEqual([{ invoiceNumber: 'INV-1', orderLineId: '1', quantity: '10' }])
    const credited = bookInvoice(booked, sampleInvoice({ kind: 'credit-note', number: 'CN-1' }))
    expect(credited.invoiced.at(-1)).toEqual({ invoiceNumber: 'CN-1', orderLineId: '1', quantity: '-10' })
  })
})

describe('who approves', () => {
  const limits = { EUR: { controllerAbove: '100.00', chiefFinancialOfficerAbove: '1000.00' } }
  const nothing = { deviations: [], missing: [] }
  const worth = (price: string) => withLine({ quantity: '1', price, vat: { code: 'Z', percent: '0' } })

  it('is nobody up to the limit, then the controller, then the chief financial officer', () => {
    expect(approverFor(worth('100'), nothing, limits)).toBe('nobody')
    expect(approverFor(worth('100.01'), nothing, limits)).toBe('controller')
    expect(approverFor(worth('1000'), nothing, limits)).toBe('controller')
    expect(approverFor(worth('1000.01'), nothing, limits)).toBe('chief-financial-officer')
  })

  it('is a person for any deviation or anything missing, and for a currency without limits', () => {
    const found = match(sampleInvoice(), undefined, [], undefined)
    expect(approverFor(worth('1'), found, limits)).toBe('controller')
    expect(approverFor({ ...worth('1'), currency: 'USD' }, nothing, limits)).toBe('chief-financial-officer')
  })
})
