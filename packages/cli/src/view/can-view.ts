import type { CanAnswer } from 'roster/client'

import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'

/** An answer of the policies, and what it would take. */
export function canFacts(
  { allowed, who, action, what, policies, reason, needed, alsoNeeded }: CanAnswer,
  paint: Paint,
): string {
  const asked = `${safeText(who)} ${safeText(action)} ${safeText(what)}`
  const verdict = allowed ? paint.strong('yes') : paint.bad('no')
  const list = (title: string, all: readonly string[]): string[] =>
    all.length === 0 ? [] : [`${title}:`, ...all.map((one) => `  ${safeText(one)}`)]
  return [
    `${asked}: ${verdict}`,
    safeText(reason),
    ...(policies.length === 0 ? [] : [paint.quiet(`determined by ${policies.map(safeText).join(', ')}`)]),
    ...list('It would take', needed),
    ...list('Whatever the policies say, it needs', alsoNeeded),
  ].join('\n')
}
