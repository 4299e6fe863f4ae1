import type { Json, Overlap, SkipReason } from '@roster/core'

import type { Ordered } from './trust-operations.ts'

/** Tasks on a calendar. Whoever sets a schedule must be allowed to publish its tasks; they are published in the name of who made it. */
export interface ScheduleOperations {
  /**
   * Makes a schedule.
   *
   * @throws RosterError `input-invalid` when the name, the calendar or the input is none, or the name is taken; `unknown-task-kind`; `denied`
   */
  createSchedule(schedule: NewSchedule): Promise<Ordered>
  /** Publishes nothing until it is resumed. @throws RosterError `unknown-schedule`, `denied` */
  pauseSchedule(order: { name: string; by: string }): Promise<Ordered>
  /** Publishes again, from the next time on: what fell into the pause is not made up for. @throws RosterError `unknown-schedule`, `denied` */
  resumeSchedule(order: { name: string; by: string }): Promise<Ordered>
  /** Forgets a schedule; its tasks go on. @throws RosterError `unknown-schedule`, `denied` */
  deleteSchedule(order: { name: string; by: string }): Promise<Ordered>
  /** All schedules by name. */
  schedules(): Promise<readonly ScheduleSummary[]>
}

/** A schedule to be made. */
export interface NewSchedule {
  readonly name: string
  readonly playbook: string
  readonly input: Json
  /** Five fields (minute, hour, day, month, weekday), or six with seconds first. */
  readonly cron: string
  readonly by: string
  /** @defaultValue `UTC` */
  readonly zone?: string
  /** What becomes of a time at which the task before has not ended. @defaultValue `skip` */
  readonly overlap?: Overlap
  /** How long a missed time can be made up for, in milliseconds. @defaultValue an hour */
  readonly catchUpMs?: number
}

/** A schedule as it stands. */
export interface ScheduleSummary {
  readonly name: string
  readonly playbook: string
  readonly cron: string
  readonly zone: string
  readonly overlap: Overlap
  readonly catchUpMs: number
  /** In whose name its tasks are published. */
  readonly by: string
  readonly paused: boolean
  /** The next time; `null` while it is paused. */
  readonly next: number | null
  /** The last time for which a task was published, and that task. */
  readonly last: { readonly at: number; readonly task: string } | null
  /** How many times were skipped, and the last of them. */
  readonly skipped: number
  readonly lastSkip: { readonly at: number; readonly because: SkipReason } | null
}
