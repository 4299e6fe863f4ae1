import { parseStream, type Envelope, type Json, type Projection } from '@roster/core'

/** What each colleague did and is doing: a fold over all records. Keys: `colleague/<name>` and `job/<stream>` while it is open. */
export interface ColleagueRow {
  readonly name: string
  readonly state: Json
  readonly done: number
  readonly failed: number
  readonly denials: number
  readonly costMicroUsd: number
}

/** A job that is open. */
export interface JobRow {
  readonly job: string
  readonly colleague: string
  readonly task: string
  readonly kind: string
  readonly state: Json
  readonly since: number
}

/** Totals of everything, under the key `totals`. */
export interface TotalsRow {
  readonly records: number
  readonly denials: number
  readonly costMicroUsd: number
  readonly bytes: number
}

export const rosterView: Projection = {
  name: 'roster',
  version: 1,
  keys: ({ stream }) => {
    const { kind, name } = parseStream(stream)
    return [
      'totals',
      ...(kind === 'agent' || kind === 'person' || kind === 'job' ? [`colleague/${name}`] : []),
      ...(kind === 'job' ? [`job/${stream}`] : []),
    ]
  },
  apply(record, view) {
    const envelope = JSON.parse(record.envelope) as Envelope
    const { kind, name } = parseStream(record.stream)
    const denials = envelope.decisions.filter(({ allowed }) => !allowed).length
    const bytes = record.envelope.length + (record.body?.length ?? 0)
    const totals = parsed<TotalsRow>(view.get('totals'), { records: 0, denials: 0, costMicroUsd: 0, bytes: 0 })
    view.put(
      'totals',
      JSON.stringify({
        records: totals.records + 1,
        denials: totals.denials + denials,
        costMicroUsd: totals.costMicroUsd + envelope.used.costMicroUsd,
        bytes: totals.bytes + bytes,
      }),
    )
    if (kind !== 'agent' && kind !== 'person' && kind !== 'job') return
    const row = parsed<ColleagueRow>(view.get(`colleague/${name}`), {
      name,
      state: null,
      done: 0,
      failed: 0,
      denials: 0,
      costMicroUsd: 0,
    })
    const ended = kind === 'job' ? envelope.outcome?.status : undefined
    view.put(
      `colleague/${name}`,
      JSON.stringify({
        ...row,
        state: kind === 'job' ? row.state : envelope.after,
        done: row.done + (ended === 'done' ? 1 : 0),
        failed: row.failed + (ended !== undefined && ended !== 'done' ? 1 : 0),
        denials: row.denials + denials,
        costMicroUsd: row.costMicroUsd + envelope.used.costMicroUsd,
      } satisfies ColleagueRow),
    )
    if (kind !== 'job') return
    if (ended !== undefined) return view.delete(`job/${record.stream}`)
    const known = parsed<JobRow | null>(view.get(`job/${record.stream}`), null)
    const job: JobRow = {
      job: record.stream,
      colleague: name,
      task: envelope.correlationId,
      kind: known?.kind ?? envelope.cause.kind ?? '',
      state: envelope.after,
      since: known?.since ?? envelope.at,
    }
    view.put(`job/${record.stream}`, JSON.stringify(job))
  },
}

function parsed<T>(text: string | undefined, otherwise: T): T {
  return text === undefined ? otherwise : (JSON.parse(text) as T)
}
