import type { Clock } from '@roster/core'
import type { Alarm } from '@roster/runtime'

/** Something that is done again and again, each time some milliseconds after it has ended. */
export interface Repeating {
  /** Does it no more, and resolves when it is not under way. */
  stop(): Promise<void>
}

export interface RepeatPorts {
  readonly clock: Clock
  readonly alarm: Alarm
}

/** Does something now, and again `everyMs` after each end. What it throws is handed to `failed`, and does not end it. */
export function repeat(
  { clock, alarm }: RepeatPorts,
  name: string,
  everyMs: number,
  { work, failed }: { readonly work: () => Promise<void>; readonly failed: (error: unknown) => void },
): Repeating {
  let stopped = false
  let underWay: Promise<void> = Promise.resolve()
  const once = (): void => {
    underWay = work()
      .catch(failed)
      .then(() => {
        if (!stopped) alarm.set(name, clock.now() + everyMs, once)
      })
  }
  once()
  return {
    async stop() {
      stopped = true
      alarm.set(name, null, () => {})
      await underWay
    },
  }
}
