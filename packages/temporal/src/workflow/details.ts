import type { Standing } from './protocol.ts'

/** Where a task stands, for a person who looks at Temporal's own page. */
export function detailsOf({ version, state, waitingOn, delays }: Standing): string {
  const lines = [`**State** ${typeof state === 'string' ? state : JSON.stringify(state)}, record ${version}`]
  for (const { child, skill, to } of waitingOn)
    lines.push(`- waits for ${child}: ${skill}${to === undefined ? '' : ` by ${to}`}`)
  for (const due of delays) lines.push(`- delay until ${new Date(due).toISOString()}`)
  return lines.join('\n')
}
