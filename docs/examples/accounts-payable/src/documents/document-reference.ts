import type { ToolContext } from 'roster'
import { z } from 'zod'
import { fileFault } from '../invoice/invoice-error.ts'
import { readInvoice, type ReadInvoiceResult } from '../invoice/read-invoice.ts'

/** A document by the hash of its content: messages and records carry this, the store keeps the bytes. */
export const DocumentReference = z.strictObject({
  name: z.string().min(1).max(200),
  hash: z.string().min(1).max(200),
  bytes: z.int().nonnegative(),
})

export type DocumentReference = z.infer<typeof DocumentReference>

/** The largest document that is looked at, in bytes. */
const maxDocumentBytes = 5_000_000

/** Reads the invoice that a reference stands for. What is too large is refused without being fetched. */
export async function openDocument(
  reference: DocumentReference,
  context: Pick<ToolContext, 'document'>,
): Promise<ReadInvoiceResult> {
  if (reference.bytes > maxDocumentBytes) {
    const message = `the file has ${reference.bytes} bytes; at most ${maxDocumentBytes} are read`
    return {
      ok: false,
      error: fileFault('file-too-large', message, 'send the invoice without embedded attachments').error,
    }
  }
  const bytes = await context.document(reference.hash)
  if (bytes === undefined) throw new Error(`the store has no document ${reference.hash} (${reference.name})`)
  return readInvoice(bytes)
}
