import { sha256 } from '../sha256.ts'
import type { DocumentReference, Operations } from './operations.ts'

/** The largest document that is kept, in bytes: 16 MiB. Of a larger one only the hash and the size are: enough to refuse it on record. */
export const maxKeptBytes = 16 * 1024 * 1024

/** Keeps a document by the hash of its content; what is too large is not sent, and its reference is the same as if it had been. */
export async function keepDocument(
  operations: Pick<Operations, 'keepDocument'>,
  document: { readonly name: string; readonly base64: string },
): Promise<DocumentReference> {
  const reference = referenceOf(document)
  return reference.bytes > maxKeptBytes ? reference : await operations.keepDocument(document)
}

/** The reference under which a document is known. */
export function referenceOf({ name, base64 }: { readonly name: string; readonly base64: string }): DocumentReference {
  const bytes = Buffer.from(base64, 'base64')
  // Base64 that is not the shortest of its bytes would give one document two hashes.
  return { name, hash: sha256(bytes.toString('base64')), bytes: bytes.length }
}
