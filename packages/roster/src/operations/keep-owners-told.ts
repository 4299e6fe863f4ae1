import type { Alarm } from '@roster/runtime'

import type { OperationsContext } from './context.ts'
import { tellOwners } from './status-tell.ts'

/** How long after the end of a task its owner is told that tasks succeed too rarely, in milliseconds. */
const soonMs = 60_000

/** Whether a playbook of a team declares what success is. */
export function declaresSuccess({ team }: Pick<OperationsContext, 'team'>): boolean {
  return team.source.playbooks.some(({ options }) => options.success !== undefined)
}

/**
 * Tells owners by itself, within a minute after a task has ended, once for each playbook and day. Nothing happens in a team that declares no
 * success.
 *
 * @returns to be called when a task has ended
 */
export function keepOwnersTold(context: OperationsContext, alarm: Alarm, failed: (error: unknown) => void): () => void {
  if (!declaresSuccess(context)) return () => {}
  let due = false
  const tell = (): void => {
    due = false
    tellOwners(context).catch(failed)
  }
  return () => {
    if (due) return
    due = true
    alarm.set('owners', context.clock.now() + soonMs, tell)
  }
}
