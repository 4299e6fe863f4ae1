import type { ScheduleSummary } from 'roster/client'

import { columns, facts } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { counted, dayAndTime, duration } from './units.ts'

/** All schedules, a line each. */
export function scheduleTable(schedules: readonly ScheduleSummary[], paint: Paint): string {
  if (schedules.length === 0) return 'No schedules.'
  const rows = schedules.map((one) => [
    paint.strong(safeText(one.name)),
    safeText(one.playbook),
    safeText(`${one.cron} ${one.zone}`),
    nextText(one, paint),
    one.last === null ? '' : `${dayAndTime(one.last.at)} ${one.last.task}`,
    skippedText(one),
    safeText(one.by),
  ])
  return columns([['NAME', 'PLAYBOOK', 'CALENDAR', 'NEXT', 'LAST', 'SKIPPED', 'BY'].map(paint.quiet), ...rows])
}

/** One schedule, in full. */
export function scheduleFacts(one: ScheduleSummary, paint: Paint): string {
  return facts({
    schedule: paint.strong(safeText(one.name)),
    playbook: safeText(one.playbook),
    calendar: safeText(`${one.cron} ${one.zone}`),
    overlap: one.overlap,
    'made up for': `for ${duration(one.catchUpMs)}`,
    by: safeText(one.by),
    next: nextText(one, paint),
    last: one.last === null ? undefined : `${dayAndTime(one.last.at)} ${one.last.task}`,
    skipped: one.skipped === 0 ? undefined : skippedText(one),
  })
}

function nextText({ paused, next }: ScheduleSummary, { notable }: Paint): string {
  if (paused) return notable('paused')
  return next === null ? 'never' : dayAndTime(next)
}

function skippedText({ skipped, lastSkip }: ScheduleSummary): string {
  if (lastSkip === null) return ''
  return `${counted(skipped, 'time')}, last ${dayAndTime(lastSkip.at)} (${lastSkip.because})`
}
