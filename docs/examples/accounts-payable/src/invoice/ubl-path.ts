import type { Invoice } from './invoice.ts'

/** Paths into the document that an invoice was read from; the prefixes and indexes are those of `pathOf`. */
export const ublPath = {
  root: (invoice: Invoice): string => (invoice.kind === 'invoice' ? '/Invoice' : '/CreditNote'),

  total: (invoice: Invoice, name: string): string => `${ublPath.root(invoice)}/cac:LegalMonetaryTotal/cbc:${name}`,

  line: (invoice: Invoice, index: number): string => {
    const name = invoice.kind === 'invoice' ? 'cac:InvoiceLine' : 'cac:CreditNoteLine'
    return `${ublPath.root(invoice)}/${name}${among(invoice.lines.length, index)}`
  },

  taxSubtotal: (invoice: Invoice, index: number): string =>
    `${ublPath.root(invoice)}/cac:TaxTotal/cac:TaxSubtotal${among(invoice.taxSubtotals.length, index)}`,

  allowanceCharge: (invoice: Invoice, index: number): string =>
    `${ublPath.root(invoice)}/cac:AllowanceCharge${among(invoice.allowanceCharges.length, index)}`,

  paymentMeans: (invoice: Invoice, index: number): string =>
    `${ublPath.root(invoice)}/cac:PaymentMeans${among(invoice.paymentMeans.length, index)}`,
}

function among(count: number, index: number): string {
  return count > 1 ? `[${index + 1}]` : ''
}
