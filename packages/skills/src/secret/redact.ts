import type { Json } from '@roster/core'

const mark = '[redacted]'

/** Texts that look like keys of providers. */
const keyLike = /\b(?:sk|pk|rk|xai|gsk|AIza)[-_][A-Za-z0-9_-]{8,}/g

/** What follows the names of headers that carry a key. */
const headerLike = /\b(bearer|x-api-key|api[-_ ]?key)(["']?\s*[:=]?\s*["']?)[A-Za-z0-9._~+/*-]{8,}=*/gi

/** Takes secrets out of what leaves a model step. */
export interface Redactor {
  /** For messages of errors: the known secrets, and whatever looks like a key. */
  readonly message: (text: string) => string
  /** For data: the known secrets only, so that nothing else changes. */
  readonly text: (text: string) => string
  readonly json: (value: Json) => Json
}

/**
 * A redactor of these secrets, also where they stand in Base64, in hexadecimal or as part of a URL. Those of fewer than 6 characters are left
 * alone: they would be found everywhere.
 */
export function redactor(secrets: readonly string[]): Redactor {
  const long = secrets.filter((secret) => secret.length >= 6)
  const known = [...new Set(long.flatMap(spellings))].toSorted((one, other) => other.length - one.length)
  const text = (value: string): string => known.reduce((rest, secret) => rest.replaceAll(secret, mark), value)
  const json = (value: Json): Json => {
    if (typeof value === 'string') return text(value)
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(json)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [text(key), json(member)]))
  }
  const message = (value: string): string => text(value).replace(keyLike, mark).replace(headerLike, `$1$2${mark}`)
  return { message, text, json }
}

/** How a secret may be written down by what got it. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const base64 = bytes.toString('base64').replace(/=+$/, '')
  return [secret, encodeURIComponent(secret.toWellFormed()), base64, bytes.toString('base64url'), bytes.toString('hex')]
}
