/**
 * Checks the decisions of people: every one that a job took is signed by a key that was that person's when it was taken. This file shares no
 * code with what signs and decides.
 */
import type { Verification } from '../client/operations.ts'
import { canonicalText, readText } from './canonical-text.ts'
import type { RecordedKeys } from './recorded-keys.ts'
import { isSignedBy } from './signature.ts'
import type { Row } from './verify-records.ts'

type Problem = Verification['problems'][number]

interface ReadEnvelope {
  readonly kind?: unknown
  readonly stream?: unknown
  readonly version?: unknown
  readonly cause?: { readonly type?: unknown }
}

type Decision = Readonly<Record<string, unknown>>

/** Names every decision that was taken and is not signed as it has to be. */
export function verifyApprovals(rows: readonly Row[], keys: RecordedKeys): readonly Problem[] {
  return rows.flatMap((row) => {
    const { kind, cause, stream, version }: ReadEnvelope = row.envelope.includes('"decision"')
      ? readText(row.envelope)
      : {}
    if (row.body === null || kind !== 'stepped' || cause?.type !== 'decision') return []
    const message = flawOf(decisionIn(row.body), row.position, keys)
    if (message === undefined) return []
    const where = { stream: String(stream), version: Number(version), position: row.position }
    return [{ code: 'approval-forged', ...where, field: 'approval', message }]
  })
}

interface ReadBody {
  readonly payload?: { readonly message?: { readonly payload?: Decision } }
}

function decisionIn(body: string): Decision | undefined {
  const read: ReadBody = readText(body)
  return read.payload?.message?.payload
}

function flawOf(decision: Decision | undefined, position: number, keys: RecordedKeys): string | undefined {
  if (decision === undefined) return 'there is no decision in the record of one'
  const { person, key, signature } = decision
  if (!isSignedBy(String(key), decidedText(decision), String(signature)))
    return `the signature of ${String(person)} does not fit what was decided`
  const recorded = keys.get(String(person))
  // Histories that are older than the record of keys, and exports of one task, do not say whose key was whose.
  if (recorded === undefined) return undefined
  // A decision that was under way when the key was replaced is taken after that.
  const own = recorded.find((one) => one.key === key && one.from < position)
  return own === undefined ? `the key is none that ${String(person)} had` : undefined
}

/** What a person signs: everything but the signature, as canonical JSON (RFC 8785) under a tag. */
function decidedText(decision: Decision): string {
  const { signature: _, ...unsigned } = decision
  return `roster.approval.1\n${canonicalText(unsigned)}`
}
