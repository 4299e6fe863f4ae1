import { RosterError, streamName } from '@roster/core'

import type { Operations, TaskSummary } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'
import { queuedTasks } from './queued-tasks.ts'
import { aboutKey, tasksView, taskKey, type TaskRow } from './tasks-view.ts'

/** All tasks, the oldest first, then what is queued; those with a status or a business key only, if asked. */
export async function tasks(
  { store }: OperationsContext,
  filter: Parameters<Operations['tasks']>[0] = {},
): Promise<readonly TaskSummary[]> {
  await store.catchUp(tasksView)
  const rows =
    filter.about === undefined
      ? (await store.rows(tasksView.name, 'task/')).map(({ value }) => value)
      : await Promise.all(
          (await store.rows(tasksView.name, aboutKey(filter.about, ''))).map(
            async ({ value }) => (await store.rows(tasksView.name, taskKey(value)))[0]?.value ?? '',
          ),
        )
  const begun = rows
    .map((value) => JSON.parse(value) as TaskRow)
    .toSorted((a, b) => a.position - b.position)
    .map(summaryOf)
  // What has not begun has no business keys yet.
  const queued = filter.about === undefined ? await queuedTasks(store) : []
  return [...begun, ...queued].filter(({ status }) => filter.status === undefined || status === filter.status)
}

/** One task. @throws RosterError `unknown-task` */
export async function task(context: OperationsContext, id: string): Promise<TaskSummary> {
  await context.store.catchUp(tasksView)
  const row = (await context.store.rows(tasksView.name, taskKey(id)))[0]
  if (row !== undefined) return summaryOf(JSON.parse(row.value) as TaskRow)
  const [queued] = await queuedTasks(context.store, streamName.task(context.team.name, id))
  if (queued === undefined)
    throw new RosterError('unknown-task', `no task ${id} is in the store`, {
      path: id,
      hint: 'Run `roster task list` to see what there is.',
    })
  return queued
}

/** Waits until a task has ended or waits for a person and nothing else moves, or until the time is over. */
export async function settled(context: OperationsContext, id: string, timeoutMs: number): Promise<TaskSummary> {
  const until = context.clock.now() + timeoutMs
  for (;;) {
    const left = until - context.clock.now()
    await Promise.race([context.host.idle(), context.changed(Math.max(1, left))])
    const known = await task(context, id).catch((error: unknown) => {
      if (left <= 0) throw error
      return undefined
    })
    const moves = known?.status === 'running' || known?.status === 'queued'
    if (known !== undefined && (!moves || left <= 0)) return known
  }
}

/** The row without its place in the order, which is the view's own business. */
function summaryOf(row: TaskRow): TaskSummary {
  const { position: _, ...summary } = row
  return summary
}
