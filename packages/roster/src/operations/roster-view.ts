import {
  parseStream,
  type Envelope,
  type Json,
  type Projection,
  type StoredRecord,
  type StreamKind,
  type View,
} from '@roster/core'

/** What each colleague did and is doing: a fold over all records. Keys: `colleague/<name>` and `job/<stream>` while it is open. */
export interface ColleagueRow {
  readonly name: string
  readonly state: Json
  readonly done: number
  readonly failed: number
  readonly denials: number
  readonly costMicroUsd: number
  /** What people decided about it, and did not take back. */
  readonly barred: readonly Bar[]
}

/** Why a colleague begins nothing. */
export type Bar = 'stopped' | 'revoked'

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
  version: 2,
  keys: ({ stream }) => {
    const { kind, name } = parseStream(stream)
    return [
      'totals',
      ...(kind === 'agent' || kind === 'person' || kind === 'job' ? [`colleague/${name}`] : []),
      ...(kind === 'job' ? [`job/${stream}`] : []),
    ]
  },
  apply(record, view) {
    const happened = happenedIn(record)
    view.put('totals', JSON.stringify(counted(parsed(view.get('totals'), noTotals), happened)))
    const { kind, name } = happened
    if (kind !== 'agent' && kind !== 'person' && kind !== 'job') return
    const key = `colleague/${name}`
    view.put(key, JSON.stringify(credited(parsed(view.get(key), { name, ...noWork }), happened)))
    if (kind === 'job') noteJob(view, happened)
  },
}

/** What a record tells of. */
interface Happened {
  readonly stream: string
  readonly kind: StreamKind
  readonly name: string
  readonly envelope: Envelope
  readonly denials: number
  readonly bytes: number
}

function happenedIn({ stream, envelope: text, body }: StoredRecord): Happened {
  const envelope = JSON.parse(text) as Envelope
  const { kind, name } = parseStream(stream)
  const denials = envelope.decisions.filter(({ allowed }) => !allowed).length
  return { stream, kind, name, envelope, denials, bytes: text.length + (body?.length ?? 0) }
}

const noTotals: TotalsRow = { records: 0, denials: 0, costMicroUsd: 0, bytes: 0 }

function counted({ records, ...totals }: TotalsRow, { envelope, denials, bytes }: Happened): TotalsRow {
  return {
    records: records + 1,
    denials: totals.denials + denials,
    costMicroUsd: totals.costMicroUsd + envelope.used.costMicroUsd,
    bytes: totals.bytes + bytes,
  }
}

/** What a colleague has done who has done nothing. */
export const noWork: Omit<ColleagueRow, 'name'> = {
  state: null,
  done: 0,
  failed: 0,
  denials: 0,
  costMicroUsd: 0,
  barred: [],
}

/** A colleague's row, with what one record of its own stream or of one of its jobs adds. */
function credited(row: ColleagueRow, { kind, envelope, denials }: Happened): ColleagueRow {
  const ended = kind === 'job' ? envelope.outcome?.status : undefined
  return {
    ...row,
    state: kind === 'job' ? row.state : envelope.after,
    done: row.done + (ended === 'done' ? 1 : 0),
    failed: row.failed + (ended !== undefined && ended !== 'done' ? 1 : 0),
    denials: row.denials + denials,
    costMicroUsd: row.costMicroUsd + envelope.used.costMicroUsd,
    barred: barredAfter(row.barred, envelope),
  }
}

function barredAfter(barred: readonly Bar[], { kind, cause }: Envelope): readonly Bar[] {
  if (kind !== 'noted') return barred
  const without = (bar: Bar): readonly Bar[] => barred.filter((one) => one !== bar)
  switch (cause.type) {
    case 'terms.stop':
      return [...without('stopped'), 'stopped']
    case 'terms.resume':
      return without('stopped')
    case 'terms.revoke':
      return [...without('revoked'), 'revoked']
    case 'terms.reinstate':
      return without('revoked')
    default:
      return barred
  }
}

function noteJob(view: View, { stream, name, envelope }: Happened): void {
  const key = `job/${stream}`
  if (envelope.outcome !== undefined) return view.delete(key)
  const known = parsed<JobRow | null>(view.get(key), null)
  const job: JobRow = {
    job: stream,
    colleague: name,
    task: envelope.correlationId,
    kind: known?.kind ?? envelope.cause.kind ?? '',
    state: envelope.after,
    since: known?.since ?? envelope.at,
  }
  view.put(key, JSON.stringify(job))
}

function parsed<T>(text: string | undefined, otherwise: T): T {
  return text === undefined ? otherwise : (JSON.parse(text) as T)
}
