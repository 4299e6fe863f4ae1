import type { BudgetRow, WindowRow } from 'roster/client'

import { columns } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { dayAndTime, money } from './units.ts'

/** What a task and its jobs were granted and have used. */
export function budgetTable(rows: readonly BudgetRow[], paint: Paint): string {
  const head = ['WHO', 'COST', 'TOKENS', 'MODEL CALLS', 'TOOL CALLS', ''].map(paint.quiet)
  const lines = rows.map(({ stream, granted, held, used, waits }) => [
    safeText(stream.split('/').slice(1, 3).join('/')),
    `${money(held.costMicroUsd + used.costMicroUsd)} of ${money(granted.costMicroUsd)}`,
    ...(['tokens', 'modelCalls', 'toolCalls'] as const).map((id) => `${held[id] + used[id]} of ${granted[id]}`),
    waits ? paint.notable('waits for more') : '',
  ])
  return columns([head, ...lines], [])
}

/** What the team and its colleagues may use in the present stretches of their windows. */
export function windowTable(rows: readonly WindowRow[], paint: Paint): string {
  if (rows.length === 0) return 'The team declares no window.'
  const head = ['WHOSE', 'COST', 'TOKENS', 'MODEL CALLS', 'TOOL CALLS', 'UNTIL'].map(paint.quiet)
  const lines = rows.map(({ window, granted, held, used, until }) => [
    safeText(window),
    `${money(held.costMicroUsd + used.costMicroUsd)} of ${granted.costMicroUsd === null ? 'any' : money(granted.costMicroUsd)}`,
    ...(['tokens', 'modelCalls', 'toolCalls'] as const).map(
      (id) => `${held[id] + used[id]} of ${granted[id] ?? 'any'}`,
    ),
    dayAndTime(until),
  ])
  return columns([head, ...lines], [])
}
