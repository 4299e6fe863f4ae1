import type { Exported } from 'roster/client'

/** A record's text, parsed as far as the assessment reads it. */
export interface Recorded {
  readonly stream: string
  readonly version: number
  readonly task: string
  readonly cause: { readonly id: string; readonly type: string; readonly kind?: string }
  readonly effects: readonly { readonly id: string; readonly skill: string }[]
  readonly inputs: Readonly<Record<string, unknown>>
  readonly payload: unknown
}

interface Envelope extends Omit<Recorded, 'task' | 'inputs' | 'payload'> {
  readonly correlationId: string
}

/** All records of an export, in order. Bodies that were erased are empty. */
export function recordsIn({ records }: Exported): readonly Recorded[] {
  return records.map(({ envelope, body }) => {
    const { stream, version, correlationId, cause, effects } = JSON.parse(envelope) as Envelope
    const { inputs = {}, payload = null } = JSON.parse(body ?? '{}') as Partial<Pick<Recorded, 'inputs' | 'payload'>>
    return { stream, version, task: correlationId, cause, effects, inputs, payload }
  })
}

/** The tasks in which a person was asked. */
export function askedPeople(records: readonly Recorded[]): ReadonlySet<string> {
  return new Set(records.filter(({ stream }) => isInbox(stream)).map(({ task }) => task))
}

/** How often people have decided. */
export function countDecisions(records: readonly Recorded[]): number {
  return records.filter(({ stream, cause }) => isInbox(stream) && cause.type === 'decision').length
}

function isInbox(stream: string): boolean {
  return stream.includes('/person/') && stream.includes('/job/')
}
