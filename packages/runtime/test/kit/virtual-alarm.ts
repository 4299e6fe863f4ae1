import type { Clock } from '@roster/core'
import type { Alarm } from '../../src/index.ts'

/** An alarm that rings when it is told to look at the clock. */
export interface VirtualAlarm extends Alarm {
  /** When the earliest is due, or `null`. */
  next(): number | null
  /** Rings all that is due by now; answers whether anything was. */
  ring(): boolean
}

/** An alarm by a clock that is moved by hand. */
export function virtualAlarm(clock: Clock): VirtualAlarm {
  const set = new Map<string, { readonly at: number; readonly ring: () => void }>()
  return {
    set(name, at, ring) {
      if (at === null) set.delete(name)
      else set.set(name, { at, ring })
    },
    next: () => (set.size === 0 ? null : Math.min(...[...set.values()].map(({ at }) => at))),
    ring() {
      const due = [...set].filter(([, { at }]) => at <= clock.now())
      for (const [name, { ring }] of due) {
        set.delete(name)
        ring()
      }
      return due.length > 0
    },
  }
}
