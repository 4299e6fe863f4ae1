import { own, RosterError, streamName, validate, type Json, type Schedule } from '@roster/core'
import { calendarOf, schedulesIn, type ScheduleRow } from '@roster/runtime'

import { isName } from '../author/versioned-name.ts'
import type { NewSchedule, ScheduleOperations, ScheduleSummary } from '../client/schedule-operations.ts'
import type { Ordered } from '../client/trust-operations.ts'
import type { OperationsContext } from './context.ts'
import { ordered } from './ordered.ts'

/** How long a missed time can be made up for, in milliseconds, where nobody says. */
const defaultCatchUpMs = 3_600_000

/** The longest for which a time can be made up for, in milliseconds: a year. */
const mostCatchUpMs = 31_536_000_000

/** Tasks on a calendar, on a running team. */
export function scheduleOperations(context: OperationsContext): ScheduleOperations {
  const change = async (
    type: Change,
    { name, by }: { readonly name: string; readonly by: string },
  ): Promise<Ordered> => {
    const { playbook } = await scheduleNamed(context, name)
    return await ordered(context, { to: streamName.team(context.team.name), type, by, payload: { name, playbook } })
  }
  return {
    createSchedule: async (given) => await create(context, given),
    pauseSchedule: async (order) => await change('schedule.pause', order),
    resumeSchedule: async (order) => await change('schedule.resume', order),
    deleteSchedule: async (order) => await change('schedule.delete', order),
    schedules: async () => (await schedulesIn(context.store)).map(summaryOf),
  }
}

type Change = 'schedule.pause' | 'schedule.resume' | 'schedule.delete'

async function create(context: OperationsContext, given: NewSchedule): Promise<Ordered> {
  const { name, playbook, input, cron, by, zone = 'UTC', overlap = 'skip', catchUpMs = defaultCatchUpMs } = given
  const { team, clock, store } = context
  if (!isName(name))
    throw invalid('name', `"${name}" is no name of a schedule`, 'Use small letters, digits and dashes.')
  if (!Number.isInteger(catchUpMs) || catchUpMs < 0 || catchUpMs > mostCatchUpMs)
    throw invalid(
      'catchUpMs',
      `${catchUpMs} is no time for which a run can be made up for`,
      'From 0 to a year, in milliseconds.',
    )
  if (calendarOf({ cron, zone }).next(clock.now()) === null)
    throw invalid('cron', `"${cron}" has no time to come`, 'Look at its day and month.')
  assertInput(context, playbook, input)
  if ((await schedulesIn(store)).some((one) => one.name === name))
    throw invalid('name', `there is a schedule "${name}" already`, 'Delete it first, or take another name.')
  const schedule: Schedule = { name, playbook, input, cron, zone, overlap, catchUpMs }
  return await ordered(context, {
    to: streamName.team(team.name),
    type: 'schedule.create',
    by,
    payload: { ...schedule },
  })
}

/** What no task could begin with is not put on a calendar. */
function assertInput({ team }: OperationsContext, playbook: string, input: Json): void {
  const definition = own(team.playbooks, playbook)?.definition
  if (definition === undefined)
    throw new RosterError('unknown-task-kind', `no playbook "${playbook}" is in the team ${team.name}`, {
      path: 'playbook',
      hint: `The team has: ${Object.keys(team.playbooks).join(', ')}.`,
    })
  if (definition.input === undefined) return
  const checked = validate(definition.input, input, 'input-invalid', `the input of ${definition.id}`)
  if (checked.ok) return
  const { message, ...detail } = checked.failure
  throw new RosterError('input-invalid', message, detail)
}

async function scheduleNamed({ store }: OperationsContext, name: string): Promise<ScheduleRow> {
  const found = (await schedulesIn(store)).find((one) => one.name === name)
  if (found !== undefined) return found
  throw new RosterError('unknown-schedule', `there is no schedule "${name}"`, {
    path: name,
    hint: 'Run `roster schedule list` to see what there is.',
  })
}

function summaryOf(row: ScheduleRow): ScheduleSummary {
  const { name, playbook, cron, zone, overlap, catchUpMs, by, paused, handledTo, last, skipped, lastSkip } = row
  const next = paused ? null : calendarOf(row).next(handledTo)
  return { name, playbook, cron, zone, overlap, catchUpMs, by, paused, next, last, skipped, lastSkip }
}

function invalid(path: string, message: string, hint: string): RosterError {
  return new RosterError('input-invalid', message, { path, hint })
}
