import { randomBytes } from 'node:crypto'

import type { Clock, IdSource } from '@roster/core'
import type { Alarm } from '@roster/runtime'
import { monotonicFactory } from 'ulid'

/** The machine's own clock. */
// oxlint-disable-next-line roster/no-ambient -- this is the Clock that everything else takes the time from
export const systemClock: Clock = { now: () => Date.now() }

/** ULIDs and random salts. */
export function systemIds(): IdSource {
  const bytes = pooledBytes()
  const ulid = monotonicFactory(() => (bytes(1)[0] ?? 0) / 256)
  return { id: () => ulid(), salt: () => bytes(16).toString('hex') }
}

/** Bytes that are asked of the system at once: asking costs more than the bytes. */
const poolBytes = 4096

/** Random bytes nobody can guess, each given once. */
function pooledBytes(): (count: number) => Buffer {
  let pool = randomBytes(poolBytes)
  let given = 0
  return (count) => {
    if (given + count > pool.length) [pool, given] = [randomBytes(poolBytes), 0]
    given += count
    return pool.subarray(given - count, given)
  }
}

/** The longest that Node's timers can wait, in milliseconds. */
const longestTimeoutMs = 2_147_483_647

/** Real timers, which keep no process alive. */
export function systemAlarm(clock: Clock): Alarm {
  const timers = new Map<string, NodeJS.Timeout>()
  return {
    set(name, at, ring) {
      clearTimeout(timers.get(name))
      timers.delete(name)
      if (at === null) return
      const timer = setTimeout(ring, Math.min(Math.max(0, at - clock.now()), longestTimeoutMs))
      timer.unref()
      timers.set(name, timer)
    },
  }
}
