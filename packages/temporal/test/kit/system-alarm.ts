import type { Clock } from '@roster/core'
import type { HostPorts } from '@roster/runtime'

/** Node's own timers. */
export function systemAlarm(clock: Clock): HostPorts['alarm'] {
  const timers = new Map<string, NodeJS.Timeout>()
  return {
    set(name, at, ring) {
      clearTimeout(timers.get(name))
      timers.delete(name)
      if (at !== null) timers.set(name, setTimeout(ring, Math.min(Math.max(0, at - clock.now()), 2 ** 31 - 1)).unref())
    },
  }
}
