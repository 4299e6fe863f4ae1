import type { Replay } from 'roster/client'

import { columns } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeJson, safeText } from '../terminal/safe-text.ts'
import { senderText } from './record-line.ts'
import { stateText } from './state-text.ts'
import { timeOfDay } from './units.ts'

/** A history stepped again: every step, the state it leads to, and whether it is the same as recorded. */
export function replayText({ subject, steps, state, why, verified, divergence }: Replay, paint: Paint): string {
  const rows = steps.map(({ position, stream, version, at, kind, cause, before, after }) => [
    paint.quiet(timeOfDay(at)),
    paint.quiet(`#${position}`),
    senderText(stream),
    `v${version}`,
    kind === 'stepped' ? stateChange(before, after) : paint.bad(kind),
    safeText(cause),
  ])
  const verdict = verified
    ? paint.good(`The same as recorded: each of ${steps.length} digests was compared.`)
    : `${paint.bad('Not the same as recorded:')} ${safeJson(divergence)}`
  return [
    paint.strong(`Replay of ${safeText(subject)}`),
    columns(rows, [1]),
    '',
    `state  ${safeJson((state as { value?: unknown } | null)?.value ?? state)}`,
    `why    ${safeText(why)}`,
    '',
    verdict,
    paint.quiet('No model, tool or network was touched.'),
  ].join('\n')
}

function stateChange(before: Replay['state'], after: Replay['state']): string {
  const [from, to] = [stateText(before), stateText(after)]
  return from === to || from === '' ? to : `${from} → ${to}`
}
