import { inProcess, type ToolContext } from 'roster'
import { z } from 'zod'
import { fileFault } from '../invoice/invoice-error.ts'
import { InvoiceFailure } from '../invoice/invoice-failure.ts'
import { Invoice } from '../invoice/invoice.ts'

/** A document by the hash of its content: messages and records carry this, the store keeps the bytes. */
export const DocumentReference = z.strictObject({
  name: z.string().min(1).max(200),
  hash: z.string().min(1).max(200),
  bytes: z.int().nonnegative(),
})

export type DocumentReference = z.infer<typeof DocumentReference>

/** What a document is: an invoice whose amounts add up, or what is wrong with it, with its number where that could be read. */
const ReadDocument = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), invoice: Invoice }),
  InvoiceFailure,
])

export type ReadDocument = z.infer<typeof ReadDocument>

/** The largest document that is looked at, in bytes. */
const maxDocumentBytes = 5_000_000

/** What the parser may read: itself, and the libraries that it is made of. */
const files = ['../invoice/', '../../package.json', '../../node_modules/', '../../../../../node_modules/'].map(
  (path) => new URL(path, import.meta.url),
)

/** The parser, in a process for each document: no network, no keys, no books, nothing to write. */
const readApart = inProcess({ module: new URL('./read-apart.ts', import.meta.url), files })

/** What documents were found to be, by their hashes: the same bytes are read once, and are the same document each time. */
const known = new Map<string, Promise<ReadDocument>>()
const maxKnown = 1000

/** Reads the invoice that a reference stands for, apart from the host. What is too large is refused without being fetched. */
export async function openDocument(reference: DocumentReference, context: ToolContext): Promise<ReadDocument> {
  const { bytes } = reference
  if (bytes > maxDocumentBytes) {
    const message = `the file has ${bytes} bytes; at most ${maxDocumentBytes} are read`
    const { error } = fileFault('file-too-large', message, 'send the invoice without embedded attachments')
    return { kind: 'faulty', number: null, error }
  }
  return await readKept(reference, context)
}

/** Reads a document that the store keeps, by its hash. @throws when the store does not have it, or it cannot be read */
export async function readKept(
  { hash, name }: Pick<DocumentReference, 'hash' | 'name'>,
  context: ToolContext,
): Promise<ReadDocument> {
  // Whoever asks first may be withdrawn; the others still want to know.
  const signal = AbortSignal.timeout(60_000)
  const read = async (): Promise<ReadDocument> =>
    ReadDocument.parse(await readApart({ hash, name }, { ...context, signal }))
  const found = known.get(hash) ?? read()
  known.delete(hash)
  known.set(hash, found)
  for (const [oldest] of known) if (known.size > maxKnown) known.delete(oldest)
  try {
    return await found
  } catch (error) {
    // What failed may be read another time: a host that was stopped, a machine that was full.
    known.delete(hash)
    throw error
  }
}
