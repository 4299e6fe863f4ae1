/**
 * Checks the orders of people: every stop, promotion, withdrawal, raise and consent that was noted and carries a signature is signed, as it
 * stands, by a key that is that person's. This file shares no code with what signs and notes.
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
}

interface Order {
  readonly to?: unknown
  readonly type?: unknown
  readonly sender?: unknown
  readonly payload?: { readonly signed?: Readonly<Record<string, unknown>> }
}

/** Names every order that was noted and is not signed as it has to be. Records older than signed orders have no signature to check. */
export function verifyOrders(rows: readonly Row[], keys: RecordedKeys): readonly Problem[] {
  return rows.flatMap((row) => {
    if (row.body === null || !row.envelope.includes('"noted"') || !row.body.includes('"signed"')) return []
    const { kind, stream, version }: ReadEnvelope = readText(row.envelope)
    const { payload: cause }: { readonly payload?: { readonly message?: Order } } = readText(row.body)
    const message = kind === 'noted' ? flawOf(cause?.message, keys) : undefined
    if (message === undefined) return []
    const where = { stream: String(stream), version: Number(version), position: row.position }
    return [{ code: 'order-forged', ...where, field: 'signed', message }]
  })
}

function flawOf(order: Order | undefined, keys: RecordedKeys): string | undefined {
  const signed = order?.payload?.signed
  if (order === undefined || signed === undefined) return undefined
  const { person, key, signature } = signed
  if (order.sender !== `client/${String(person)}`)
    return `${String(person)} signed what ${String(order.sender)} brought`
  if (!isSignedBy(String(key), orderedText(order, signed), String(signature)))
    return `the signature of ${String(person)} does not fit what was ordered`
  const recorded = keys.get(String(person))
  // Histories that are older than the record of keys do not say whose key was whose; and a team is signed before it is first loaded.
  if (recorded === undefined || recorded.some((one) => one.key === key)) return undefined
  return `the key is none that ${String(person)} had`
}

/** What a person signs: the order without the signature, as canonical JSON (RFC 8785) under a tag. */
function orderedText(
  { to, type, payload = {} }: Order,
  { id, person, at, key }: Readonly<Record<string, unknown>>,
): string {
  const { signed: _, ...ordered } = payload
  return `roster.order.1\n${canonicalText({ to, type, payload: ordered, id, person, at, key })}`
}
