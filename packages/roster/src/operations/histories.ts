import { failureOf, parseStream, restep, type Envelope, type Failure, type StoredRecord, type Team } from '@roster/core'

import type { Exported } from '../client/operations.ts'
import { sha256 } from '../sha256.ts'
import { recordedDefinition } from './recorded-definition.ts'

/** What stepping histories again with the definitions of now came to. */
export interface Histories {
  readonly streams: number
  readonly records: number
  /** Streams that would take another way now, and where. */
  readonly problems: readonly Failure[]
}

/** Steps every task and job of an export again with the definitions that the team has now: whatever they change in what is on record is found. */
export function checkHistory(team: Team, { records }: Pick<Exported, 'records'>): Histories {
  const problems: Failure[] = []
  let streams = 0
  let steps = 0
  for (const [stream, history] of Map.groupBy(records.map(storedOf), (record) => record.stream)) {
    const { kind } = parseStream(stream)
    if (kind !== 'task' && kind !== 'job') continue
    streams += 1
    steps += history.length
    const problem = problemOf(team, stream, history)
    if (problem !== undefined) problems.push(problem)
  }
  return { streams, records: steps, problems }
}

function problemOf(team: Team, stream: string, history: readonly StoredRecord[]): Failure | undefined {
  const first = JSON.parse(history[0]?.envelope ?? '{}') as Envelope
  const definition = recordedDefinition(team, stream, first)
  if (definition === undefined) {
    // A kind that nobody had was refused then, and would be now.
    if (first.outcome?.status === 'refused') return undefined
    return {
      code: 'diverged',
      message: `${stream} is a ${first.cause.kind ?? first.cause.type}, which the team no longer has`,
      path: stream,
    }
  }
  try {
    const stepped = restep(team, stream, definition, history, sha256)
    if (stepped.kind === 'same') return undefined
    const { version, patch } = stepped.divergence
    return {
      code: 'diverged',
      message: `${definition.id} takes another way at version ${version} of ${stream}: ${JSON.stringify(patch).slice(0, 300)}`,
      path: `${stream}/${version}`,
      hint: 'Give the definition a new version, or undo what changed it; `roster replay` shows both states.',
    }
  } catch (error) {
    return failureOf(error, 'diverged')
  }
}

function storedOf({ envelope, ...rest }: Exported['records'][number]): StoredRecord {
  const { id, stream, version, correlationId, kind, at } = JSON.parse(envelope) as Envelope
  return { ...rest, envelope, id, stream, version, correlationId, kind, at }
}
