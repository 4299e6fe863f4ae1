import type { InvoiceError } from '../src/invoice/invoice-error.ts'
import type { Invoice } from '../src/invoice/invoice.ts'
import { readInvoice } from '../src/invoice/read-invoice.ts'

/** The invoice in `xml`; a test that expects one fails on an error. */
export function invoiceIn(xml: string): Invoice {
  const result = readInvoice(new TextEncoder().encode(xml))
  if (!result.ok) throw new Error(`${result.error.code} at ${result.error.path}: ${result.error.message}`)
  return result.invoice
}

/** The error that `xml` gives; a test that expects one fails on an invoice. */
export function errorIn(xml: string | Uint8Array): InvoiceError {
  const result = readInvoice(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml)
  if (result.ok) throw new Error(`it was read as ${result.invoice.number}`)
  return result.error
}
