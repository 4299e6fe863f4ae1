/**
 * SHA-256 of the UTF-8 bytes of a text, in lower-case hexadecimal. The core is handed one, so that it stays pure and also runs
 * where `node:crypto` does not (a workflow's sandbox).
 */
export type Sha256 = (text: string) => string

/** The hash of a tuple, each part with its length before it, so that no two tuples share a text. */
export function hashTuple(sha256: Sha256, parts: readonly (string | number)[]): string {
  return sha256(parts.map((part) => `${String(part).length}:${part}`).join(''))
}
