import { parseStream } from '@roster/core'

import type { Evidence, Read } from './evidence.ts'

/** A cause is consumed by one record, every ask that was taken is answered once, and nobody but the owner of a partition appends to it. */
export function transitionOnce({ records, trespasses }: Evidence): readonly string[] {
  const problems = [...trespasses]
  const causes = new Map<string, Read>()
  for (const read of records) {
    const { cause, stream, version } = read.envelope
    const first = causes.get(cause.id)?.envelope
    if (first !== undefined)
      problems.push(
        `${cause.id} (${cause.type}) was consumed by ${first.stream} ${first.version} and by ${stream} ${version}`,
      )
    causes.set(cause.id, read)
  }
  return [...problems, ...answers(records), ...crowds(records)]
}

function answers(records: readonly Read[]): readonly string[] {
  const answered = new Map<string, number>()
  for (const { envelope, body } of records) {
    if (envelope.cause.type !== 'reply') continue
    const { inReplyTo } = (body.payload as unknown as { message: { inReplyTo: string } }).message
    answered.set(inReplyTo, (answered.get(inReplyTo) ?? 0) + 1)
  }
  const asks = records.flatMap(({ envelope }) => envelope.sent.filter(({ type }) => type === 'work'))
  const withdrawn = new Set(records.flatMap(({ envelope }) => envelope.cancelled))
  return asks
    .filter(({ id }) => !withdrawn.has(id) && answered.get(id) !== 1)
    .map(({ id }) => `the ask ${id} was answered ${answered.get(id) ?? 0} times`)
}

/** A colleague of the simulated team does one job at a time. */
function crowds(records: readonly Read[]): readonly string[] {
  const open = new Map<string, string>()
  const problems: string[] = []
  for (const { envelope } of records) {
    const { kind, base } = parseStream(envelope.stream)
    if (kind !== 'job') continue
    const other = open.get(base)
    // What was withdrawn before it began has one record, and never began.
    const begins = envelope.version === 1 && envelope.outcome === undefined
    if (begins && other !== undefined) problems.push(`${base} began ${envelope.stream} during ${other}`)
    if (begins) open.set(base, envelope.stream)
    else if (other === envelope.stream && envelope.outcome !== undefined) open.delete(base)
  }
  return problems
}
