import type { Impact } from 'roster/client'

import { columns } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'

/** What depends on something, and whom a change concerns. */
export function impactFacts({ what, kind, owner, dependents, owners }: Impact, paint: Paint): string {
  const of = owner === '' ? '' : `, of ${safeText(owner)}`
  const head = `${paint.strong(safeText(what))} (${kind}${of})`
  if (dependents.length === 0) return `${head}: nothing depends on it.`
  const rows = dependents.map((one) => [one.kind, one.name, one.owner, one.how].map(safeText))
  const concerned = owners.length === 0 ? 'nobody else' : owners.map(safeText).join(', ')
  const table = columns([['KIND', 'NAME', 'OWNER', 'HOW'].map(paint.quiet), ...rows], [])
  return `${head}\n\n${table}\n\nA change concerns ${concerned}.`
}
