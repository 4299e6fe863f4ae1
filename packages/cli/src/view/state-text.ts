import type { Json } from 'roster'

import { safeText } from '../terminal/safe-text.ts'

/** A state value of XState in one word: `checking`, `paying.waiting`, `left.a + right.b`; nothing before the first record. */
export function stateText(state: Json): string {
  if (state === null) return ''
  if (typeof state !== 'object') return safeText(String(state))
  return Object.entries(state as Record<string, Json>)
    .map(([region, inner]) => [safeText(region), stateText(inner)].filter((part) => part !== '').join('.'))
    .join(' + ')
}
