import { failureWithNumber } from '../invoice/invoice-failure.ts'
import { readInvoice } from '../invoice/read-invoice.ts'

/** Reads a document in a process of its own: whatever is wrong with the parser, or with the document, happens there and nowhere else. */
export default async function readApart(
  { hash, name }: { readonly hash: string; readonly name: string },
  context: { readonly document: (hash: string) => Promise<Uint8Array | undefined> },
) {
  const bytes = await context.document(hash)
  if (bytes === undefined) throw new Error(`the store has no document ${hash} (${name})`)
  const result = readInvoice(bytes)
  return result.ok ? { kind: 'read', invoice: result.invoice } : failureWithNumber(result.error, bytes)
}
