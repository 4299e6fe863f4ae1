import { z } from 'zod'
import { invoiceErrorCodes, type InvoiceError } from './invoice-error.ts'
import { Identifier } from './invoice.ts'
import { parseInvoice } from './read-invoice.ts'

/** Why a document is refused, with its number where it could be read: a complaint brings a number. */
export const InvoiceFailure = z.strictObject({
  kind: z.literal('faulty'),
  number: Identifier.nullable(),
  error: z.strictObject({ code: z.enum(invoiceErrorCodes), path: z.string(), message: z.string(), hint: z.string() }),
})

export type InvoiceFailure = z.infer<typeof InvoiceFailure>

/** An error with the number of the document, if only its amounts are wrong. */
export function failureWithNumber(error: InvoiceError, bytes: Uint8Array | undefined): InvoiceFailure {
  const parsed = error.code === 'totals-wrong' && bytes !== undefined ? parseInvoice(bytes) : undefined
  return {
    kind: 'faulty',
    number: parsed?.ok === true ? parsed.invoice.number : null,
    error: { ...error, message: error.message.slice(0, 500) },
  }
}
