import {
  genesis,
  nothing,
  seal,
  trusted,
  type Body,
  type Envelope,
  type SealedRecord,
  type StreamName,
} from '@roster/core'
import { fixedId } from '../id/fixed-id.ts'
import { sha256 } from '../id/sha256.ts'

/** What a test says about a record; the rest is fixed. */
export interface RecordParts {
  readonly stream?: StreamName
  /** The record before it in the stream; none for the first. */
  readonly after?: SealedRecord | undefined
  readonly correlationId?: string
  readonly envelope?: Partial<Omit<Envelope, 'bodyHash' | 'stream' | 'version' | 'correlationId'>>
  readonly body?: Partial<Body>
}

/** When the first record of a stream was made; each later one a second after. 2026-01-01T00:00:00Z. */
const firstAt = 1_767_225_600_000

const empty: Body = { payload: null, patch: [], inputs: {}, payloads: {} }

/** A sealed record that continues a stream. The same parts give the same record. */
export function sealedRecord(parts: RecordParts = {}): SealedRecord {
  const { stream = 'acme/agent/ada', after, correlationId = fixedId('task') } = parts
  const { version: previous, hash: previousHash } = after ?? { version: 0, hash: genesis }
  const version = previous + 1
  const id = parts.envelope?.id ?? fixedId(`${stream}@${version}`)
  const causeId = `cause of ${id}`
  const envelope: Omit<Envelope, 'bodyHash'> = {
    schema: 1,
    id,
    tenant: 'acme',
    stream,
    version,
    at: firstAt + version * 1000,
    kind: 'stepped',
    who: { colleague: 'ada', definition: 'ada@1', digest: sha256('ada@1') },
    where: { host: 'host-1', build: 'test' },
    cause: { id: causeId, source: 'message', type: 'work', sender: 'acme/task/1' },
    correlationId,
    causationId: causeId,
    before: version === 1 ? null : 'available',
    after: 'available',
    path: { guards: [], taken: [] },
    decisions: [],
    label: trusted,
    stateDigest: sha256(`${stream}@${version}`),
    sent: [],
    timers: [],
    effects: [],
    cancelled: [],
    held: nothing,
    used: nothing,
    ...parts.envelope,
  }
  return seal(
    { envelope, body: { ...empty, ...parts.body } },
    previousHash,
    sha256(`salt of ${id}`).slice(0, 32),
    sha256,
  )
}
