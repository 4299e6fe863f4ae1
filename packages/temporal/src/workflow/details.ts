import type { Standing } from './protocol.ts'

/** Where a task stands, for a person who looks at Temporal's own page. */
export function detailsOf({ version, state, waitingOn, delays }: Standing, outcome?: string): string {
  const place = `${typeof state === 'string' ? state : JSON.stringify(state)}, record ${version}`
  if (outcome !== undefined) return `**Ended** ${outcome} in ${place}`
  const lines = [`**State** ${place}`]
  for (const { child, skill, to } of waitingOn)
    lines.push(`- waits for ${child}: ${skill}${to === undefined ? '' : ` by ${to}`}`)
  for (const due of delays) lines.push(`- delay until ${new Date(due).toISOString()}`)
  return lines.join('\n')
}
