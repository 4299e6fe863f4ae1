import type { Json } from '../json/json.ts'

/**
 * What becomes of a time at which the task of the time before has not ended:
 *
 * - `skip`: nothing is published for it
 * - `queue`: it is published once that task has ended, if the time can then still be made up for
 * - `allow`: it is published beside that task
 */
export type Overlap = 'skip' | 'queue' | 'allow'

/** Tasks on a calendar. */
export interface Schedule {
  readonly name: string
  readonly playbook: string
  /** The input of each task. */
  readonly input: Json
  /** Five fields (minute, hour, day, month, weekday), or six with seconds first. */
  readonly cron: string
  /** The time zone in which it is read: `Europe/Berlin`. */
  readonly zone: string
  readonly overlap: Overlap
  /** How long a time that was missed can be made up for, in milliseconds. What is older is skipped. */
  readonly catchUpMs: number
}

/** Why nothing was published for a time. */
export type SkipReason = 'overlap' | 'missed'

/** What was decided about a time of a schedule, before anything is done about it. */
export interface DueTime {
  readonly name: string
  /** In milliseconds since 1970; of several that were missed, the last. */
  readonly at: number
  /** Which task is published for it, or why none is. */
  readonly task: string | null
  readonly because: SkipReason | null
  /** How many times it stands for: more than one only where they were missed. */
  readonly times: number
}

/**
 * Messages to the team's stream that its machineless actor notes:
 *
 * - `schedule.create`, with a {@link Schedule}; `schedule.pause`, `schedule.resume`, `schedule.delete`, with `{ name, playbook }`: by people
 *   and clients who may publish tasks of that playbook
 * - `schedule.due`, with a {@link DueTime}: by the system
 */
export const scheduleTypes = [
  'schedule.create',
  'schedule.pause',
  'schedule.resume',
  'schedule.delete',
  'schedule.due',
] as const

export type ScheduleType = (typeof scheduleTypes)[number]

/** Whether a message is about a schedule. */
export function isScheduleType(type: string): type is ScheduleType {
  return scheduleTypes.some((one) => one === type)
}
