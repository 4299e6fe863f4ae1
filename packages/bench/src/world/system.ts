import { createHash, randomBytes } from 'node:crypto'

import type { Clock, IdSource, Sha256 } from '@roster/core'
import type { Alarm } from '@roster/runtime'
import { monotonicFactory } from 'ulid'

/** The machine's own clock. */
// oxlint-disable-next-line roster/no-ambient -- the bench composes a host like any program: here is its clock
export const systemClock: Clock = { now: () => Date.now() }

/** SHA-256 by `node:crypto`, as everywhere. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex')

/** ULIDs and random salts. */
export function systemIds(): IdSource {
  const ulid = monotonicFactory()
  return { id: () => ulid(), salt: () => randomBytes(16).toString('hex') }
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
