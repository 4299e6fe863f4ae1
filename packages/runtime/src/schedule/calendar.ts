import { RosterError, type Schedule } from '@roster/core'
import { Cron } from 'croner'

/** The times of a schedule. */
export interface Calendar {
  /** The first time after one, both in milliseconds since 1970; `null` when there is none. */
  next(after: number): number | null
}

/**
 * The calendar of a cron expression in a time zone. A time of day that a day does not have, because clocks go forward, is taken at the first
 * time after it; one that a day has twice is taken once. What comes by the hour or the minute follows the clock itself.
 *
 * @throws RosterError `input-invalid` when the expression or the zone is none
 */
export function calendarOf({ cron, zone }: Pick<Schedule, 'cron' | 'zone'>): Calendar {
  try {
    const times = new Cron(cron, { timezone: zone, mode: '5-or-6-parts', paused: true })
    const next = (after: number): number | null => times.nextRun(new Date(after))?.getTime() ?? null
    // A zone is looked up only when a time is asked for.
    next(0)
    return { next }
  } catch (cause) {
    throw new RosterError('input-invalid', `"${cron}" in ${zone} is no calendar: ${(cause as Error).message}`, {
      path: 'cron',
      hint: 'Give five fields (minute hour day month weekday) or six (seconds first), such as "0 8 * * MON-FRI", and a zone such as Europe/Berlin.',
      cause,
    })
  }
}
