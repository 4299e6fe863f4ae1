/**
 * Why a file is not taken as an invoice. The codes are stable: people search for them and scripts compare them.
 * `path` is an XPath-like path with the usual prefixes (`/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount`),
 * whatever prefixes the document itself uses; it is `/` when the file as a whole is meant.
 */
export interface InvoiceError {
  readonly code: InvoiceErrorCode
  readonly path: string
  readonly message: string
  readonly hint: string
}

export const invoiceErrorCodes = [
  'file-empty',
  'file-too-large',
  'binary',
  'encoding-invalid',
  'doctype-refused',
  'not-xml',
  'xml-truncated',
  'not-ubl',
  'unsupported',
  'field-missing',
  'field-invalid',
  'currency-unknown',
  'amount-invalid',
  'totals-wrong',
] as const

export type InvoiceErrorCode = (typeof invoiceErrorCodes)[number]

/** Carries an `InvoiceError` from the place where it is found to the edge of the reader, and never beyond it. */
export class InvoiceFault extends Error {
  readonly error: InvoiceError

  constructor(error: InvoiceError) {
    super(error.message)
    this.name = 'InvoiceFault'
    this.error = error
  }
}

/** A fault of the file as a whole. */
export function fileFault(code: InvoiceErrorCode, message: string, hint: string): InvoiceFault {
  return new InvoiceFault({ code, path: '/', message, hint })
}
