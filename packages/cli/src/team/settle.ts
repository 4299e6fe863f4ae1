import { setTimeout as delay } from 'node:timers/promises'

import type { Operations, TaskSummary } from 'roster/client'

const pauseMs = 50

/** The longest that one look at a task lasts, so that an interrupt or another holder of the folder is noticed. */
const lookMs = 30_000

export interface Settling {
  readonly task: string
  readonly untilMs: number
  readonly now: () => number
  /** Whether a task that stands like this is what is waited for; a running one never is. */
  readonly enough: (summary: TaskSummary) => boolean
}

/** A task as soon as it stands as it should, or as it is when the time is over. */
export async function settle(
  operations: Pick<Operations, 'settled'>,
  { task, untilMs, now, enough }: Settling,
): Promise<TaskSummary> {
  for (;;) {
    const summary = await operations.settled(task, Math.min(lookMs, Math.max(0, untilMs - now())))
    if ((summary.status !== 'running' && enough(summary)) || now() >= untilMs) return summary
    await delay(pauseMs)
  }
}
