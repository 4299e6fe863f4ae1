import type { Analysed } from 'roster/client'

import { columns } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { duration, money } from './units.ts'

/** What playbooks and work can come to at most, their steps, loops and properties: a table each. */
export function analysesText(analyses: readonly Analysed[], paint: Paint): readonly string[] {
  if (analyses.length === 0) return []
  const playbooks = analyses.filter(({ kind }) => kind === 'playbook')
  return [
    spaceTable(analyses, paint),
    worstTable(analyses, paint),
    ...playbooks.map((playbook) => stepTable(playbook, paint)),
    ...listed('Loops', analyses.flatMap(loopLines), paint),
    ...listed(
      'Properties',
      analyses.flatMap((one) => propertyLines(one, paint)),
      paint,
    ),
    ...listed(
      'Only a run can tell',
      analyses.flatMap(({ id, doubts }) => doubts.map((doubt) => `${id}: ${doubt}`)),
      paint,
    ),
    ...listed('Never exercised', playbooks.flatMap(neverLines), paint),
  ]
}

function spaceTable(analyses: readonly Analysed[], { strong, quiet }: Paint): string {
  const head = ['', '', 'SITUATIONS', 'MOVES', 'EXERCISED', 'PATHS', 'EXERCISED']
  const rows = analyses.map(({ id, situations, moves, paths, exercised }) => [
    '',
    safeText(id),
    String(situations),
    String(moves),
    exercised === null ? '-' : String(exercised.moves),
    paths === Number.MAX_SAFE_INTEGER ? 'countless' : String(paths),
    exercised === null ? '-' : String(exercised.paths),
  ])
  return `${strong('Decision space')}\n${columns([head.map(quiet), ...rows], [2, 3, 4, 5, 6])}\n`
}

function worstTable(analyses: readonly Analysed[], { strong, quiet }: Paint): string {
  const head = ['', '', 'COST', 'TOKENS', 'MODEL CALLS', 'TOOL CALLS', 'TIME']
  const rows = analyses.map(({ id, worst }) => [
    '',
    safeText(id),
    money(worst.costMicroUsd),
    ...[worst.tokens, worst.modelCalls, worst.toolCalls].map(String),
    worst.timeMs === null ? 'no bound' : duration(worst.timeMs),
  ])
  return `${strong('Worst case')}\n${columns([head.map(quiet), ...rows], [2, 3, 4, 5, 6])}\n`
}

function stepTable({ id, steps }: Analysed, { strong, quiet, bad }: Paint): string {
  const rows = steps.map(({ child, does, failing, late, checks }) => [
    '',
    safeText(child),
    safeText(does),
    failing === null ? bad('undeclared') : failing.join(', '),
    safeText(late.join(', ')),
    safeText(checks.join(', ')),
  ])
  return `${strong(`Steps of ${safeText(id)}`)}\n${columns([['', 'STEP', 'DOES', 'WHEN IT FAILS', 'WHEN IT IS LATE', 'DECIDED BY'].map(quiet), ...rows])}\n`
}

function loopLines({ id, loops }: Analysed): readonly string[] {
  return loops.map(({ situations, bound }) => `${id}: ${situations.join(', ')} (${bound ?? 'nothing bounds it'})`)
}

function propertyLines({ id, properties }: Analysed, { good, bad }: Paint): readonly string[] {
  return properties.map(({ property, holds }) => `${holds ? good('proven') : bad('broken')} ${id}: ${property}`)
}

/** Moves shown of those that no history took; the rest is in the JSON. */
const maxShown = 12

function neverLines({ id, exercised }: Analysed): readonly string[] {
  const never = exercised?.never ?? []
  const shown = never.slice(0, maxShown).map((move) => `${id}: ${move}`)
  return never.length > maxShown ? [...shown, `${id}: and ${never.length - maxShown} more`] : shown
}

function listed(title: string, lines: readonly string[], { strong }: Paint): readonly string[] {
  return lines.length === 0 ? [] : [`${strong(title)}\n${lines.map((line) => `  ${line}`).join('\n')}\n`]
}
