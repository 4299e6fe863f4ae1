import type { Clock } from '@roster/core'

/** A clock that stands still until it is told to go on. */
export interface FixedClock extends Clock {
  /** Goes on by this many milliseconds. */
  advance(ms: number): void
}

/** 2026-01-01T00:00:00Z. */
const newYear = 1_767_225_600_000

/** A clock that stands at `start`, in milliseconds since 1970. @defaultValue 2026-01-01T00:00:00Z */
export function fixedClock(start: number = newYear): FixedClock {
  let now = start
  return {
    now: () => now,
    advance(ms) {
      now += ms
    },
  }
}
