import { sha256 } from './sha256.ts'

/** Crockford's base 32, in which ULIDs are written. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** An id that looks like a ULID and is always the same for the same name. */
export function fixedId(name: string): string {
  const bytes = Buffer.from(sha256(name), 'hex')
  const digits = Array.from({ length: 25 }, (_, index) => alphabet[(bytes[index] ?? 0) % alphabet.length])
  return `0${digits.join('')}`
}
