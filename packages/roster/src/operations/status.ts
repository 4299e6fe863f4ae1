import { analyse, isRosterError, lateStepsOf, WorstCases, type Definition, type Team } from '@roster/core'

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
  const rows = (await store.rows(stepsView.name)).map(({ value }) => JSON.parse(value) as StepRow)
  const steps = named(rows, team)
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
    const sum = (how: 'answered' | 'failed' | 'late'): number => days.reduce((count, day) => count + day[how], 0)
    const [answered, failed, late] = [sum('answered'), sum('failed'), sum('late')]
    return { step, answered, failed, late, share: answered / (answered + failed + late) }
  })
}

/** Rows of delays as rows of the steps that they ended, in the order in which the steps can begin. A delay that ended none says nothing. */
function named(rows: readonly StepRow[], team: Team): readonly StepRow[] {
  const cases = new WorstCases(team)
  return Object.values(team.playbooks).flatMap(({ name, definition }) => {
    const { late, order } = graphOf(definition, cases)
    return rows
      .filter(({ playbook }) => playbook === name)
      .flatMap((row) => (row.late === 0 ? [row] : (late.get(row.step) ?? []).map((step) => ({ ...row, step }))))
      .toSorted((one, other) => order.indexOf(one.step) - order.indexOf(other.step))
  })
}

interface Graph {
  /** The steps that a delay ends, by the type of its event. */
  readonly late: ReadonlyMap<string, readonly string[]>
  /** Steps as they can begin. */
  readonly order: readonly string[]
}

/** What the graph of a playbook tells of its steps: nothing, where it is too large to be followed. */
function graphOf(definition: Definition, cases: WorstCases): Graph {
  try {
    const order = analyse(definition, cases).steps.map(({ child }) => child)
    return { late: lateStepsOf(cases.spaceOf(definition)), order }
  } catch (error) {
    if (!isRosterError(error, 'analysis-too-large')) throw error
    return { late: new Map(), order: [] }
  }
}
