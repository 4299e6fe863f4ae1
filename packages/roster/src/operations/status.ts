import type { PlaybookOf } from '../author/playbook.ts'
import { durationMs } from '../author/duration.ts'
import type { PlaybookStatus, StepStatus } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'
import { dayOf, stepsView, type StepRow } from './status-view.ts'
import { tasksView, type TaskRow } from './tasks-view.ts'

/** How far back is looked where a playbook declares no window. */
const defaultWindowMs = 30 * 86_400_000

/** How the playbooks of a team do: tasks and steps that succeeded, of those that ended in the window of each. */
export async function status({ store, team, clock }: OperationsContext): Promise<readonly PlaybookStatus[]> {
  await store.catchUp(tasksView)
  await store.catchUp(stepsView)
  const tasks = (await store.rows(tasksView.name, 'task/')).map(({ value }) => JSON.parse(value) as TaskRow)
  const steps = (await store.rows(stepsView.name)).map(({ value }) => JSON.parse(value) as StepRow)
  return team.source.playbooks.map((playbook) => statusOf(playbook, tasks, steps, clock.now()))
}

// oxlint-disable-next-line max-params -- what is counted, and now
function statusOf(
  { name, version, options }: PlaybookOf,
  tasks: readonly TaskRow[],
  rows: readonly StepRow[],
  now: number,
): PlaybookStatus {
  const { owner, success } = options
  const windowMs = success === undefined ? defaultWindowMs : durationMs(success.within)
  const own = tasks.filter(({ playbook }) => playbook === name)
  // What was withdrawn says nothing about how well it is done.
  const ended = own.filter(
    (task) => task.endedAt !== null && task.endedAt > now - windowMs && task.status !== 'cancelled',
  )
  const succeeded = ended.filter((task) => task.status === 'done' && isSuccess(success, task)).length
  const steps = stepsIn(rows.filter(({ playbook, day }) => playbook === name && day >= dayOf(now - windowMs)))
  const share = ended.length === 0 ? null : succeeded / ended.length
  const atLeast = success?.atLeast ?? null
  return {
    playbook: `${name}@${version}`,
    owner: owner.name,
    windowMs,
    open: own.filter(({ endedAt }) => endedAt === null).length,
    ended: ended.length,
    succeeded,
    share,
    atLeast,
    enough: share === null || atLeast === null || share >= atLeast,
    steps,
    chain: steps.length === 0 ? null : steps.reduce((product, step) => product * step.share, 1),
  }
}

function isSuccess(success: PlaybookOf['options']['success'], { outcome }: TaskRow): boolean {
  if (success?.is === undefined) return true
  try {
    return success.is(outcome)
  } catch {
    // An outcome that the predicate cannot read, of an earlier version perhaps, is none that it calls one.
    return false
  }
}

function stepsIn(rows: readonly StepRow[]): readonly StepStatus[] {
  return [...Map.groupBy(rows, ({ step }) => step)].map(([step, days]) => {
    const answered = days.reduce((sum, day) => sum + day.answered, 0)
    const failed = days.reduce((sum, day) => sum + day.failed, 0)
    return { step, answered, failed, share: answered / (answered + failed) }
  })
}
