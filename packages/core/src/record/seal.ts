import { canonical } from '../json/canonical.ts'
import type { Sha256 } from '../json/sha256.ts'
import type { Envelope, RecordDraft, SealedRecord } from './record.ts'

/** The previous hash of the first record of a stream. */
export const genesis = '0'.repeat(64)

/** Domain tags keep a hash of one kind from ever being taken for one of another. */
const recordTag = 'roster.record.1'
const bodyTag = 'roster.body.1'

/**
 * Hashes a draft into its stream's chain. The hash covers the previous hash and the whole envelope; the body is hashed apart with a
 * salt, and its hash is in the envelope, so that erasing a body breaks no chain. The position is outside: the store gives it later.
 */
export function seal(draft: RecordDraft, previousHash: string, salt: string, sha256: Sha256): SealedRecord {
  const body = canonical(draft.body)
  const envelope: Envelope = { ...draft.envelope, bodyHash: bodyHash(body, salt, sha256) }
  const text = canonical(envelope)
  const { id, stream, version, correlationId, kind, at } = envelope
  return {
    id,
    stream,
    version,
    correlationId,
    kind,
    at,
    envelope: text,
    body,
    salt,
    previousHash,
    hash: recordHash(previousHash, text, sha256),
  }
}

/** The hash of a record: over a domain tag, the hash before it and the envelope's text. */
export function recordHash(previousHash: string, envelope: string, sha256: Sha256): string {
  return sha256(`${recordTag}\n${previousHash}\n${envelope}`)
}

/** The hash of a body: over a domain tag, its salt and its text. */
export function bodyHash(body: string, salt: string, sha256: Sha256): string {
  return sha256(`${bodyTag}\n${salt}\n${body}`)
}
