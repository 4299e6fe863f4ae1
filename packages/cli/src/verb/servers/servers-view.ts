import type { ServerStatus } from '@roster/servers'

import { columns } from '../../terminal/columns.ts'
import type { Paint } from '../../terminal/paint.ts'
import { safeText } from '../../terminal/safe-text.ts'

/** The servers of a clone, a line each; below them what those said last that are not well. */
export function serversTable(statuses: readonly ServerStatus[], paint: Paint): string {
  const rows = statuses.map(({ name, state, version, address, origin, web }) => [
    paint.strong(name),
    stateText(state, paint),
    version ?? '',
    address ?? '',
    paint.quiet(origin ?? ''),
    ...(web === null ? [] : [web]),
  ])
  return [columns(rows), ...statuses.flatMap((status) => lastWords(status, paint))].join('\n')
}

function stateText(state: ServerStatus['state'], paint: Paint): string {
  if (state === 'running') return paint.good(state)
  return state === 'stopped' ? paint.quiet(state) : paint.bad(state)
}

/** The end of the log of a server that died or does not answer. */
function lastWords({ name, state, lastOutput, log }: ServerStatus, paint: Paint): readonly string[] {
  if (lastOutput === null) return []
  const said = state === 'died' ? 'ended by itself' : 'runs and does not answer'
  return [
    '',
    paint.bad(`${name} ${said}. The end of ${log}:`),
    ...lastOutput.split('\n').map((line) => `  ${safeText(line)}`),
  ]
}
