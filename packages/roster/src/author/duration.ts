import { RosterError } from '@roster/core'

/** A length of time in words, from a millisecond up: `30 seconds`, `1 day`, `2 weeks`. Months and years have no fixed length: use days. */
export type Duration = `${number} ${Unit | `${Unit}s`}`

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week'

const milliseconds: Record<Unit, number> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
}

/** A duration in milliseconds. */
export function durationMs(duration: Duration): number {
  const [count, unit] = duration.split(' ')
  const ms = Number(count) * milliseconds[(unit ?? '').replace(/s$/, '') as Unit]
  if (!Number.isSafeInteger(ms) || ms <= 0) {
    throw new RosterError('definition-invalid', `"${duration}" is not a length of time`, {
      path: duration,
      hint: 'Write it as `30 seconds`, `2 hours` or `1 day`.',
    })
  }
  return ms
}
