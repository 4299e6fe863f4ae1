import { hash, randomBytes } from 'node:crypto'

import type { Clock, IdSource, Sha256 } from '@roster/core'
import type { Alarm } from '@roster/runtime'
import { monotonicFactory } from 'ulid'

/** The machine's own clock. */
// oxlint-disable-next-line roster/no-ambient -- the bench composes a host like any program: here is its clock
export const systemClock: Clock = { now: () => Date.now() }

/** SHA-256 by `node:crypto`, as everywhere. */
export const sha256: Sha256 = (text) => hash('sha256', text)

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

/** Real timers. */
export function systemAlarm(clock: Clock): Alarm {
  const timers = new Map<string, NodeJS.Timeout>()
  return {
    set(name, at, ring) {
      clearTimeout(timers.get(name))
      timers.delete(name)
      if (at !== null) timers.set(name, setTimeout(ring, Math.max(0, at - clock.now())))
    },
  }
}
