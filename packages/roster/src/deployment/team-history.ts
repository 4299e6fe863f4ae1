import {
  parseStream,
  streamName,
  type Body,
  type Envelope,
  type Message,
  type Store,
  type StoredRecord,
} from '@roster/core'
import type { Deployment } from '@roster/runtime'

import type { Exported } from '../client/operations.ts'
import type { Contents } from './contents.ts'

/** What the stream of a team says about how it was loaded, and what people decided about that. */
export interface TeamHistory {
  /** What was loaded last; empty before the first time. */
  readonly contents: Contents
  /** Whose key was whose then. */
  readonly keys: Contents
  /** Owners who depended on each thing then. */
  readonly dependents: Readonly<Record<string, readonly string[]>>
  readonly consents: readonly Consent[]
  readonly signatures: readonly ReadySignature[]
  readonly drills: readonly Drill[]
  /** When each key that counts now was first recorded, by whose it is, in milliseconds since 1970. */
  readonly keysSince: Readonly<Record<string, number>>
}

/** An owner's consent to what something becomes. */
export interface Consent {
  readonly thing: string
  readonly digest: string
  readonly person: string
}

/** Somebody answers for a team as it is loaded. */
export interface ReadySignature {
  readonly digest: string
  readonly person: string
  /** In milliseconds since 1970. */
  readonly at: number
  /** Gaps that were open when they signed, by their names. */
  readonly gaps: readonly string[]
  /** Id of the record. */
  readonly record: string
}

/** Everything was read back from an export alone, to see that it can be. */
export interface Drill {
  readonly at: number
  readonly person: string
  readonly records: number
  readonly verified: boolean
}

/** Reads it from the store. */
export async function teamHistory(store: Pick<Store, 'read'>, team: string): Promise<TeamHistory> {
  return teamHistoryIn(await store.read(streamName.team(team)))
}

/** Reads it from an export of everything; of none, it is empty. */
export function teamHistoryOf(history: Exported | undefined): TeamHistory {
  const records = history?.records ?? []
  return teamHistoryIn(
    records.filter(({ envelope }) => parseStream((JSON.parse(envelope) as Envelope).stream).kind === 'team'),
  )
}

/** Reads it from the records of the team's own stream, in order. */
function teamHistoryIn(records: readonly Pick<StoredRecord, 'envelope' | 'body'>[]): TeamHistory {
  return records.flatMap(readNote).reduce(after, {
    contents: {},
    keys: {},
    dependents: {},
    consents: [],
    signatures: [],
    drills: [],
    keysSince: {},
  })
}

interface Note {
  readonly envelope: Envelope
  readonly message: Message
}

function readNote({ envelope: text, body }: Pick<StoredRecord, 'envelope' | 'body'>): readonly Note[] {
  const envelope = JSON.parse(text) as Envelope
  // What was denied or refused stands there too, and counts for nothing.
  if (body === null || (envelope.kind !== 'noted' && envelope.kind !== 'deployed')) return []
  const { message } = (JSON.parse(body) as Body).payload as unknown as { message: Message }
  return [{ envelope, message }]
}

function after(history: TeamHistory, { envelope: { id: record, at }, message }: Note): TeamHistory {
  const person = message.sender.split('/')[1] ?? ''
  switch (message.type) {
    case 'deployed':
      return deployed(history, message.payload as unknown as Deployment, at)
    case 'change.consent': {
      const { thing, digest } = message.payload as unknown as Consent
      return { ...history, consents: [...history.consents, { thing, digest, person }] }
    }
    case 'ready.signed': {
      const { digest, gaps = [] } = message.payload as unknown as Partial<ReadySignature> & { readonly digest: string }
      return { ...history, signatures: [...history.signatures, { digest, person, at, gaps, record }] }
    }
    case 'restore.drilled': {
      const { records, verified } = message.payload as unknown as Drill
      return { ...history, drills: [...history.drills, { at, person, records, verified }] }
    }
    default:
      return history
  }
}

// oxlint-disable-next-line max-params -- what was known, what was loaded, and when
function deployed(history: TeamHistory, { contents, keys = {}, dependents = {} }: Deployment, at: number): TeamHistory {
  const since = Object.entries(keys).map(([name, key]) => [
    name,
    history.keys[name] === key ? (history.keysSince[name] ?? at) : at,
  ])
  return { ...history, contents: contents as Contents, keys, dependents, keysSince: Object.fromEntries(since) }
}
