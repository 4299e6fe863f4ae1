import canonicalize from 'canonicalize'

import type { Json } from './json.ts'

/**
 * The canonical text of a JSON value (RFC 8785). Two equal values have the same text, so digests and hashes are taken over it.
 * The text that was hashed is what is stored; it is never derived again.
 */
export function canonical(value: Json | object): string {
  return canonicalize(value) as string
}
