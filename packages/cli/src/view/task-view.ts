import type { TaskSummary, TaskStatus } from 'roster/client'

import { columns, cut, facts } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeJson, safeText } from '../terminal/safe-text.ts'
import { stateText } from './state-text.ts'
import { counted, dayAndTime, duration, money } from './units.ts'

/** All tasks, a line each. */
export function taskTable(tasks: readonly TaskSummary[], paint: Paint): string {
  if (tasks.length === 0) return 'No tasks.'
  const rows = tasks.map(({ task, status, playbook, about, state, waitingOn, startedAt, costMicroUsd }) => [
    task,
    statusText(status, paint),
    safeText(playbook),
    cut(safeText(about.join(' ')), 40),
    waitingOn.length > 0 ? `waits for ${safeText(waitingOn.map(({ person }) => person).join(', '))}` : stateText(state),
    dayAndTime(startedAt),
    money(costMicroUsd),
  ])
  return columns([['TASK', 'STATUS', 'PLAYBOOK', 'ABOUT', 'STATE', 'SINCE', 'COST'].map(paint.quiet), ...rows], [6])
}

/** One task, in full. */
export function taskFacts(summary: TaskSummary, paint: Paint): string {
  const {
    task,
    status,
    playbook,
    requester,
    about,
    state,
    waitingOn,
    startedAt,
    endedAt,
    costMicroUsd,
    denials,
    error,
    outcome,
  } = summary
  return facts({
    task: paint.strong(task),
    status: statusText(status, paint),
    playbook: safeText(playbook),
    about: safeText(about.join(' ')),
    requester: safeText(requester),
    state: stateText(state),
    'waits for': waitingOn.map(({ person, item }) => `${safeText(person)} (${item})`).join(', '),
    started: dayAndTime(startedAt),
    ended: endedAt === null ? undefined : `${dayAndTime(endedAt)} (after ${duration(endedAt - startedAt)})`,
    cost: money(costMicroUsd),
    denials: denials === 0 ? undefined : counted(denials, 'denial'),
    outcome: outcome === null ? undefined : safeJson(outcome),
    error: error === null ? undefined : `${paint.bad(safeText(error.message))} (${error.code})`,
    at: error?.path === undefined ? undefined : safeText(error.path),
    hint: error?.hint === undefined ? undefined : safeText(error.hint),
  })
}

export function statusText(status: TaskStatus, { good, notable, bad }: Paint): string {
  if (status === 'done') return good(status)
  if (status === 'running') return status
  return (status === 'waiting' || status === 'queued' ? notable : bad)(status)
}
