import { checkTotals } from './check-totals.ts'
import { fieldFault } from './field.ts'
import { fileText } from './file-text.ts'
import { InvoiceFault } from './invoice-error.ts'
import type { InvoiceError } from './invoice-error.ts'
import type { Invoice } from './invoice.ts'
import { parseXml } from './parse-xml.ts'
import { readDocument } from './read-document.ts'

export interface ReadInvoiceOptions {
  /** The largest file that is looked at, in bytes. @defaultValue 5,000,000 */
  readonly maxBytes?: number
}

export type ReadInvoiceResult =
  | { readonly ok: true; readonly invoice: Invoice }
  | { readonly ok: false; readonly error: InvoiceError }

/** Reads a UBL 2.1 Invoice or CreditNote whose amounts add up. Never throws: what is wrong with the file is a value. */
export function readInvoice(bytes: Uint8Array, options: ReadInvoiceOptions = {}): ReadInvoiceResult {
  const result = parseInvoice(bytes, options)
  if (!result.ok) return result
  const finding = checkTotals(result.invoice)[0]
  if (finding === undefined) return result
  const { rule, path, expected, actual } = finding
  const hint = 'ask the supplier for a corrected invoice'
  const message = `${path}: is ${actual}, but ${expected} follows from the other amounts (${rule})`
  return { ok: false, error: { code: 'totals-wrong', path, message, hint } }
}

/** As `readInvoice`, whether or not the amounts add up. */
export function parseInvoice(bytes: Uint8Array, options: ReadInvoiceOptions = {}): ReadInvoiceResult {
  try {
    const invoice = readDocument(parseXml(fileText(bytes, options.maxBytes ?? 5_000_000)))
    refuseNegative(invoice)
    return { ok: true, invoice }
  } catch (error) {
    if (error instanceof InvoiceFault) return { ok: false, error: error.error }
    throw error
  }
}

/** Below zero is owed only by a correction, and a correction says what it corrects. */
function refuseNegative(invoice: Invoice): void {
  if (!invoice.total.payable.startsWith('-') || invoice.precedingInvoices.length > 0) return
  const root = invoice.kind === 'invoice' ? 'Invoice' : 'CreditNote'
  throw fieldFault(
    'amount-invalid',
    `/${root}/cac:LegalMonetaryTotal/cbc:PayableAmount`,
    `is ${invoice.total.payable}, below zero`,
    'ask for a credit note, or for a cac:BillingReference to the invoice that this one corrects',
  )
}
