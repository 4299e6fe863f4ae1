import { setTimeout as delay } from 'node:timers/promises'

import { isRosterError } from '@roster/core'

/** What a killed server held, such as its port or its shared memory, is held by the system for a moment. */
const PASSING = /shared memory|already in use|could not bind|lock file/
const START_TRIES = 20
const START_PAUSE_MS = 100

/** Starts a server, again and again for two seconds where what is in the way passes by itself. */
export async function patiently(start: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await start()
      return
    } catch (error) {
      const passes = isRosterError(error) && PASSING.test(error.message)
      if (!passes || attempt === START_TRIES) throw error
      await delay(START_PAUSE_MS)
    }
  }
}
