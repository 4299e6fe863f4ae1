import type { ActorState } from '../actor/actor.ts'
import { stateDigest } from '../actor/actor.ts'
import { RosterError } from '../error/roster-error.ts'
import { asJson } from '../json/assert-json.ts'
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

/** What a store keeps beside the envelope's text, to find records by. */
const columns = ['id', 'stream', 'version', 'correlationId', 'kind', 'at'] as const

/**
 * Parses a record after checking that its texts are those that were hashed, on top of `previousHash`, and that what stands beside them
 * says the same.
 *
 * @throws RosterError `chain-broken`, naming the record and the part that does not fit.
 */
export function parseRecord(stored: StoredRecord, previousHash: string, sha256: Sha256): ParsedRecord {
  if (stored.previousHash !== previousHash) throw broken(stored, 'previousHash', 'does not follow the record before it')
  if (recordHash(previousHash, stored.envelope, sha256) !== stored.hash)
    throw broken(stored, 'hash', 'does not fit its envelope')
  const envelope = JSON.parse(stored.envelope) as Envelope
  const column = columns.find((name) => stored[name] !== envelope[name])
  if (column !== undefined) throw broken(stored, column, 'is not the one in its envelope')
  return { stored, envelope, body: bodyOf(stored, envelope, sha256) }
}

function bodyOf(stored: StoredRecord, envelope: Envelope, sha256: Sha256): Body {
  const { body, salt } = stored
  if (body === null || salt === null)
    throw broken(stored, 'body', 'was erased, so the state after it cannot be rebuilt')
  if (bodyHash(body, salt, sha256) !== envelope.bodyHash) throw broken(stored, 'body', 'does not fit its hash')
  return JSON.parse(body) as Body
}

/**
 * A stream's state by its patches alone: no code of the team runs. The chain is checked on the way, which covers every patch, and the
 * digest of the state at the end.
 *
 * @throws RosterError `chain-broken`, naming the record and the part that does not fit.
 */
export function rebuild(
  records: readonly StoredRecord[],
  sha256: Sha256,
  from: { readonly state: ActorState | null; readonly hash: string },
): { readonly state: ActorState | null; readonly hash: string } {
  let state = from.state as unknown as Json
  let { hash } = from
  let digest: string | undefined
  for (const stored of records) {
    const { body, envelope } = parseRecord(stored, hash, sha256)
    state = patched(state, body.patch)
    hash = stored.hash
    digest = envelope.stateDigest
  }
  const rebuilt = asJson(state) as unknown as ActorState | null
  const last = records.at(-1)
  if (last !== undefined && digest !== stateDigest(rebuilt, sha256)) {
    throw broken(last, 'patch', 'gives another state than the one recorded')
  }
  return { state: rebuilt, hash }
}

function broken({ stream, version }: StoredRecord, path: string, what: string): RosterError {
  return new RosterError('chain-broken', `record ${version} of ${stream}: its ${path} ${what}`, {
    path,
    hint: 'Run `roster verify` to see what else was changed.',
  })
}
