import type { Deviation } from '../../src/match/deviation.ts'
import { match } from '../../src/match/match.ts'
import type { Invoice } from '../../src/invoice/invoice.ts'
import type { GoodsReceipt } from '../../src/master/goods-receipt.ts'
import type { PurchaseOrder } from '../../src/master/purchase-order.ts'
import type { Supplier } from '../../src/master/supplier.ts'
import { sampleInvoice, sampleLine } from '../sample-invoice.ts'

export const supplier: Supplier = {
  id: 'SUP-1',
  name: 'Supplier',
  vatId: 'DE100000001',
  companyId: 'HRB 1',
  endpointId: '4000001000005',
  accounts: ['DE89370400440532013000', 'NL91ABNA0417164300'],
}
export const order: PurchaseOrder = {
  number: 'PO-1',
  supplierId: 'SUP-1',
  currency: 'EUR',
  lines: [
    {
      id: '1',
      itemName: 'Copy paper A4',
      sellerItemId: 'PAP-A4',
      unitCode: 'C62',
      quantity: '10',
      price: '12.5',
      baseQuantity: '1',
    },
  ],
  agreed: [],
  invoiced: [],
}
export const received = (quantity: string): GoodsReceipt[] => [
  { number: 'GR-1', orderNumber: 'PO-1', date: '2026-11-01', lines: [{ orderLineId: '1', quantity }] },
]
/** What deviates from the order, changed by `to`. */
export const deviations = (invoice: Invoice, to: Partial<PurchaseOrder> = {}, receipts = received('10')): Deviation[] =>
  match(invoice, { ...order, ...to }, receipts, supplier).deviations
/** An invoice with one line. */
export const withLine = (line: Parameters<typeof sampleLine>[0]) => sampleInvoice({ lines: [sampleLine(line)] })
