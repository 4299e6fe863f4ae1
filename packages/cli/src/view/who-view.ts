import type { ColleagueSummary } from 'roster/client'

import { columns } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { stateText } from './state-text.ts'
import { counted, duration, money } from './units.ts'

export interface Totals {
  readonly records: number
  readonly denials: number
  readonly costMicroUsd: number
  readonly bytes: number
}

/** Who is on the roster, doing what, at what cost. */
export function whoTable(colleagues: readonly ColleagueSummary[], totals: Totals, paint: Paint): string {
  const rows = colleagues.map(
    ({
      name,
      kind,
      role,
      owner,
      version,
      state,
      barred,
      open,
      waiting,
      oldestMs,
      done,
      failed,
      denials,
      costMicroUsd,
    }) => [
      paint.strong(safeText(name)),
      kind === 'person' ? 'person' : `agent ${version}`,
      safeText(role),
      safeText(owner),
      doing({ state, barred, open }, paint),
      waiting === 0 ? '0' : `${waiting} for ${duration(oldestMs)}`,
      String(done),
      failed === 0 ? '0' : paint.bad(String(failed)),
      denials === 0 ? '0' : paint.bad(String(denials)),
      money(costMicroUsd),
    ],
  )
  const table = columns(
    [
      ['NAME', 'KIND', 'ROLE', 'OWNER', 'DOING', 'WAITING', 'DONE', 'FAILED', 'DENIED', 'COST'].map(paint.quiet),
      ...rows,
    ],
    [6, 7, 8, 9],
  )
  return `${table}\n\n${totalsLine(totals)}`
}

/** What somebody does, or why they begin nothing. */
function doing({ state, barred, open }: Pick<ColleagueSummary, 'state' | 'barred' | 'open'>, paint: Paint): string {
  const work = open.map(({ kind, state: at }) => `${safeText(kind)}: ${stateText(at)}`).join(', ')
  const standing = barred.map((bar) => paint.bad(bar))
  if (work !== '') return [...standing, paint.notable(work)].join(', ')
  return standing.join(', ') || stateText(state) || 'available'
}

function totalsLine({ records, denials, costMicroUsd, bytes }: Totals): string {
  return `${counted(records, 'record')} (${(bytes / 1024).toFixed(0)} KiB), ${counted(denials, 'denial')}, ${money(costMicroUsd)} in all.`
}
