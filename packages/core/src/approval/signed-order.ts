import type { Failure } from '../error/failure.ts'
import { canonical } from '../json/canonical.ts'
import type { Json, JsonObject } from '../json/json.ts'
import type { Message } from '../message/message.ts'

/** A person's signature under an order: under a stop, a promotion, a withdrawal, a raise, a consent. It travels in the order's payload as `signed`. */
export interface OrderSignature {
  /** Makes each order another one, so that a copy of it is not a new one. */
  readonly id: string
  readonly person: string
  /** When it was signed, in milliseconds since 1970. */
  readonly at: number
  /** The person's public key and the signature over {@link orderText}. */
  readonly key: string
  readonly signature: string
}

/** What is ordered of whom. */
export type OrderText = Pick<Message, 'to' | 'type'> & { readonly payload: Json }

/** How long after it was signed an order may be brought, in milliseconds: a copy that is brought later is refused. */
const maxAgeMs = 300_000

/** The text that a person signs: what is ordered of whom, by whom and when. */
export function orderText(
  { to, type, payload }: OrderText,
  { id, person, at, key }: Omit<OrderSignature, 'signature'>,
): string {
  return `roster.order.1\n${canonical({ to, type, payload: unsigned(payload), id, person, at, key })}`
}

/** Who is said to order, and how signatures are verified. */
export interface Orderer {
  readonly person: string
  /** Public keys that are theirs. */
  readonly keys: readonly string[]
  /** Verifies an Ed25519 signature over a text. */
  readonly verify: (key: string, text: string, signature: string) => boolean
}

/** Why an order is not the word of the person in whose name it comes; `null` when it is. */
export function flawOfOrder(message: Message, { person, keys, verify }: Orderer): Failure | null {
  const signed = signatureIn(message.payload)
  if (signed === undefined) return denied(`${person} has not signed it`)
  if (signed.person !== person) return denied(`it is signed by ${signed.person}, and comes in the name of ${person}`)
  if (!(Math.abs(message.at - signed.at) <= maxAgeMs)) return denied('it was signed too long ago')
  if (!keys.includes(signed.key)) return denied(`the key is not one of ${person}`)
  return verify(signed.key, orderText(message, signed), signed.signature)
    ? null
    : denied('the signature does not fit what is ordered')
}

function signatureIn(payload: Json): OrderSignature | undefined {
  const signed = (payload as JsonObject | null)?.['signed'] as Partial<OrderSignature> | undefined
  const isWhole =
    typeof signed?.id === 'string' &&
    typeof signed.person === 'string' &&
    typeof signed.at === 'number' &&
    typeof signed.key === 'string' &&
    typeof signed.signature === 'string'
  return isWhole ? (signed as OrderSignature) : undefined
}

function unsigned(payload: Json): Json {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload
  const { signed: _, ...rest } = payload as JsonObject
  return rest
}

function denied(message: string): Failure {
  return { code: 'denied', message, path: '/payload/signed', hint: 'Order it anew as that person, with their own key.' }
}
