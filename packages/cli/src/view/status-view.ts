import type { PlaybookStatus } from 'roster/client'

import { columns } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { duration } from './units.ts'

/** How playbooks do, and their steps: a table each. */
export function statusText(playbooks: readonly PlaybookStatus[], paint: Paint): string {
  if (playbooks.length === 0) return 'The team has no playbook.'
  return [
    playbookTable(playbooks, paint),
    ...playbooks.filter(({ steps }) => steps.length > 0).map((one) => stepTable(one, paint)),
  ].join('\n\n')
}

function playbookTable(playbooks: readonly PlaybookStatus[], { strong, quiet, good, bad }: Paint): string {
  const head = ['PLAYBOOK', 'OPEN', 'ENDED', 'SUCCEEDED', 'SHARE', 'AT LEAST', 'ALL STEPS', 'WITHIN', 'OWNER']
  const rows = playbooks.map(({ playbook, open, ended, succeeded, share, atLeast, enough, chain, windowMs, owner }) => [
    strong(safeText(playbook)),
    String(open),
    String(ended),
    String(succeeded),
    (enough ? good : bad)(percent(share)),
    percent(atLeast),
    percent(chain),
    duration(windowMs),
    safeText(owner),
  ])
  return columns([head.map(quiet), ...rows], [1, 2, 3, 4, 5, 6])
}

function stepTable({ playbook, steps }: PlaybookStatus, { strong, quiet, bad, notable }: Paint): string {
  const rows = steps.map(({ step, answered, failed, late, share }) => [
    '',
    safeText(step),
    String(answered),
    failed === 0 ? '0' : bad(String(failed)),
    late === 0 ? '0' : notable(String(late)),
    percent(share),
  ])
  return `${strong(`Steps of ${safeText(playbook)}`)}\n${columns([['', 'STEP', 'ANSWERED', 'FAILED', 'LATE', 'SHARE'].map(quiet), ...rows], [2, 3, 4, 5])}`
}

/** A share as people say it; never 100 % for less. */
function percent(share: number | null): string {
  if (share === null) return '-'
  const whole = Math.round(share * 100)
  return `${whole === 100 && share < 1 ? 99 : whole} %`
}
