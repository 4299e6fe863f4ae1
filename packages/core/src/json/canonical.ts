import type { Json } from './json.ts'

/**
 * The canonical text of a JSON value (RFC 8785). Two equal values have the same text, so digests and hashes are taken over it.
 * The text that was hashed is what is stored; it is never derived again. A member that is `undefined` counts as absent.
 *
 * Written by hand because every step makes several of these texts: it takes half the time of a library that keeps a stack of its own. What
 * it is given was checked by `asJson`, so it has no cycle and no end beyond reach.
 *
 * @throws TypeError for a number or a string that JSON cannot carry.
 */
export function canonical(value: Json | object): string {
  return textOf(value) ?? 'null'
}

function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return stringText(value)
    case 'number':
      return numberText(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? arrayText(value) : objectText(value as Readonly<Record<string, unknown>>)
    default:
      return undefined
  }
}

function arrayText(items: readonly unknown[]): string {
  let text = '['
  for (let index = 0; index < items.length; index++) {
    if (index > 0) text += ','
    text += textOf(items[index]) ?? 'null'
  }
  return `${text}]`
}

function objectText(members: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const key of sorted(Object.keys(members))) {
    const member = textOf(members[key])
    if (member !== undefined) text += `${text === '' ? '' : ','}${stringText(key)}:${member}`
  }
  return `{${text}}`
}

/** Keys by their UTF-16 code units, which is how JavaScript compares. Many objects have them in order already. */
function sorted(keys: readonly string[]): readonly string[] {
  for (let index = 1; index < keys.length; index++) {
    if ((keys[index - 1] ?? '') > (keys[index] ?? '')) return keys.toSorted()
  }
  return keys
}

/** RFC 8785 writes numbers as JavaScript does. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be carried as JSON`)
  return String(value)
}

/** Characters that are escaped or may not stand alone. */
// oxlint-disable-next-line no-control-regex -- JSON escapes control characters
const special = /[\u0000-\u001f"\\\ud800-\udfff]/

/** Below this length, looking through a text costs less than having the engine write it. */
const short = 64

function stringText(value: string): string {
  if (value.length < short && !special.test(value)) return `"${value}"`
  if (!value.isWellFormed()) throw new TypeError('a string with a lone surrogate cannot be carried as JSON')
  return JSON.stringify(value)
}
