import type { ActorState } from '../actor/actor.ts'
import { stateDigest } from '../actor/actor.ts'
import { RosterError } from '../error/roster-error.ts'
import type { Json } from '../json/json.ts'
import type { Sha256 } from '../json/sha256.ts'
import { patched } from '../record/patch.ts'
import type { Body, Envelope, StoredRecord } from '../record/record.ts'
import { bodyHash, recordHash } from '../record/seal.ts'

/** A record with its texts parsed. */
export interface ParsedRecord {
  readonly stored: StoredRecord
  readonly envelope: Envelope
  readonly body: Body
}

/**
 * Parses a record after checking that its texts are those that were hashed, on top of `previousHash`.
 *
 * @throws RosterError `chain-broken`, naming the record and the part that does not fit.
 */
export function parseRecord(stored: StoredRecord, previousHash: string, sha256: Sha256): ParsedRecord {
  if (stored.previousHash !== previousHash) throw broken(stored, 'previousHash', 'does not follow the record before it')
  if (recordHash(previousHash, stored.envelope, sha256) !== stored.hash)
    throw broken(stored, 'hash', 'does not fit its envelope')
  const envelope = JSON.parse(stored.envelope) as Envelope
  if (stored.body === null || stored.salt === null)
    throw broken(stored, 'body', 'was erased, so the state after it cannot be rebuilt')
  if (bodyHash(stored.body, stored.salt, sha256) !== envelope.bodyHash)
    throw broken(stored, 'body', 'does not fit its hash')
  return { stored, envelope, body: JSON.parse(stored.body) as Body }
}

/** A stream's state by its patches alone: no code of the team runs. Checks the chain and every state digest on the way. */
export function rebuild(
  records: readonly StoredRecord[],
  sha256: Sha256,
  from: { readonly state: ActorState | null; readonly hash: string },
): { readonly state: ActorState | null; readonly hash: string } {
  let state = from.state as Json
  let hash = from.hash
  let digest: string | undefined
  for (const stored of records) {
    const { body, envelope } = parseRecord(stored, hash, sha256)
    if (body.patch.length > 0) state = patched(state, body.patch)
    hash = stored.hash
    digest = envelope.stateDigest
  }
  const last = records.at(-1)
  if (last !== undefined && digest !== stateDigest(state as ActorState | null, sha256))
    throw broken(last, 'patch', 'gives another state than the one recorded')
  return { state: state as ActorState | null, hash }
}

function broken({ stream, version }: StoredRecord, path: string, what: string): RosterError {
  return new RosterError('chain-broken', `record ${version} of ${stream}: its ${path} ${what}`, {
    path,
    hint: 'Run `roster verify` to see what else was changed.',
  })
}
