import {
  parseStream,
  type Body,
  type Envelope,
  type Failure,
  type Json,
  type Projection,
  type StoredRecord,
  type View,
} from '@roster/core'

import type { TaskStatus } from '../client/operations.ts'

/** One task as the view keeps it. Keys: `task/<id>`, and `about/<business key>/<id>` for each key that is known. */
export interface TaskRow {
  readonly task: string
  readonly playbook: string
  readonly requester: string
  readonly status: TaskStatus
  readonly state: Json
  readonly about: readonly string[]
  readonly outcome: Json
  readonly error: Failure | null
  /** Approvals that are asked for, by the stream of the person's job. */
  readonly waitingOn: readonly { readonly person: string; readonly item: string; readonly since: number }[]
  readonly startedAt: number
  readonly endedAt: number | null
  readonly costMicroUsd: number
  readonly denials: number
  /** Of its first record: the order in which tasks began. */
  readonly position: number
}

/** Who is doing what for which task: a fold over all records. */
export const tasksView: Projection = {
  name: 'tasks',
  version: 3,
  keys: (record) => {
    if (record.correlationId === '') return []
    const { about = [] } = envelopeOf(record)
    return [taskKey(record.correlationId), ...about.map((key) => aboutKey(key, record.correlationId))]
  },
  apply(record, view) {
    const { correlationId } = record
    if (correlationId === '') return
    const envelope = envelopeOf(record)
    const kept = view.get(taskKey(correlationId))
    const before = kept === undefined ? newTask(envelope, record.position) : (JSON.parse(kept) as TaskRow)
    const after =
      parseStream(envelope.stream).kind === 'task' ? moved(before, envelope, record) : waited(before, envelope)
    const denials = envelope.decisions.filter(({ allowed }) => !allowed).length
    const row: TaskRow = {
      ...after,
      costMicroUsd: after.costMicroUsd + envelope.used.costMicroUsd,
      denials: after.denials + denials,
    }
    view.put(taskKey(correlationId), JSON.stringify(row))
    noteAbout(view, row, envelope.about ?? [])
  },
}

export function taskKey(task: string): string {
  return `task/${task}`
}

export function aboutKey(about: string, task: string): string {
  return `about/${about}/${task}`
}

function noteAbout(view: View, { task }: TaskRow, about: readonly string[]): void {
  for (const key of about) view.put(aboutKey(key, task), task)
}

function envelopeOf({ envelope }: StoredRecord): Envelope {
  return JSON.parse(envelope) as Envelope
}

function newTask({ correlationId, cause, at }: Envelope, position: number): TaskRow {
  return {
    task: correlationId,
    playbook: cause.kind ?? '',
    requester: parseStream(cause.sender).name,
    status: 'running',
    state: null,
    about: [],
    outcome: null,
    error: null,
    waitingOn: [],
    startedAt: at,
    endedAt: null,
    costMicroUsd: 0,
    denials: 0,
    position,
  }
}

function moved(row: TaskRow, envelope: Envelope, record: StoredRecord): TaskRow {
  const about = [...new Set([...row.about, ...(envelope.about ?? [])])]
  if (envelope.outcome === undefined) return { ...row, state: envelope.after, about }
  const body = record.body === null ? null : (JSON.parse(record.body) as Body)
  // What ended otherwise put out an error, which stands beside.
  const output = envelope.outcome.status === 'done' ? outputOf(body) : null
  return {
    ...row,
    state: envelope.after,
    about,
    status: envelope.outcome.status as TaskStatus,
    outcome: output,
    error: (body?.error as unknown as Failure | undefined) ?? null,
    endedAt: envelope.at,
    waitingOn: [],
  }
}

/** What the playbook put out stands in the patch of its last record, which is its first one too if it ended at once. */
function outputOf(body: Body | null): Json {
  const operation = body?.patch.find(({ path }) => places.has(path))
  const value = operation !== undefined && 'value' in operation ? operation.value : null
  return places.get(operation?.path ?? '')?.(value as never) ?? null
}

interface Machine {
  readonly output?: Json
}

/** Where a patch can set an output, and how it is found there. */
const places = new Map<string, (value: never) => Json | undefined>([
  ['/machine/output', (value: Json) => value],
  ['/machine', (machine: Machine | null) => machine?.output],
  ['', (state: { readonly machine?: Machine } | null) => state?.machine?.output],
])

/** A person's job begins: the task waits for them. It ends: it does not any more. */
function waited(row: TaskRow, { stream, outcome, at }: Envelope): TaskRow {
  const { kind, name } = parseStream(stream)
  if (kind !== 'job' || !stream.includes('/person/') || row.endedAt !== null) return row
  const others = row.waitingOn.filter(({ item }) => item !== stream)
  const waitingOn =
    outcome === undefined
      ? [...others, row.waitingOn.find(({ item }) => item === stream) ?? { person: name, item: stream, since: at }]
      : others
  return { ...row, waitingOn, status: waitingOn.length > 0 ? 'waiting' : 'running' }
}
