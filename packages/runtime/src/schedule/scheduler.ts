/**
 * Publishes tasks on a calendar.
 *
 * K1 What is decided about a time is on its way into the record before anything is done about it, and only the first decision counts.
 * K2 A publication has the key `<schedule>/<time>`: a time for which it is made twice is one task.
 * K3 Nothing but the records is needed to go on: what was decided and not done is done again at the next start.
 */
import { streamName, type DueTime, type SkipReason } from '@roster/core'

import type { Alarm } from '../host/ports.ts'
import { fromOutside, publish, type IntakePorts } from '../intake/intake.ts'
import { Looks } from '../intake/looks.ts'
import { calendarOf, type Calendar } from './calendar.ts'
import { schedulesIn, type ScheduleRow } from './schedules-view.ts'

export interface SchedulerOptions {
  readonly alarm: Alarm
  /** Is told what a look by itself failed with; it is tried again. */
  readonly failed: (error: unknown) => void
}

/** How soon it is looked again at what waits for a task to end, or for a record, in milliseconds. */
const soonMs = 1000

/** Times that were missed beyond which they are not counted any more. */
const mostCounted = 10_000

/** The longest between two looks while there are schedules, in milliseconds: clocks are set, and machines sleep. */
const longestMs = 3_600_000

/** What this process knows of a schedule and the records do not tell yet. */
interface Ahead {
  readonly handledTo: number
  readonly last: ScheduleRow['last']
}

export class Scheduler {
  readonly #ports: IntakePorts
  readonly #options: SchedulerOptions
  readonly #looks = new Looks(() => this.#look())
  /** By name and time of making: a name may be given again. */
  readonly #ahead = new Map<string, Ahead>()
  /** Tasks that are known to be published. */
  readonly #published = new Set<string>()
  #stopped = false

  constructor(ports: IntakePorts, options: SchedulerOptions) {
    this.#ports = ports
    this.#options = options
  }

  /** Deals with all times that have come. To be called at the start, and whenever schedules have changed; else it looks by itself. */
  look(): Promise<void> {
    return this.#stopped ? Promise.resolve() : this.#looks.ask()
  }

  /** As {@link look}, for whoever does not wait for it. */
  lookSoon(): void {
    this.look().catch((error: unknown) => this.#options.failed(error))
  }

  /** Whether a look is under way. */
  get busy(): boolean {
    return this.#looks.busy
  }

  /** Resolves when no look is under way. */
  async idle(): Promise<void> {
    await this.#looks.idle()
  }

  /** Looks no more, and resolves when no look is under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#options.alarm.set('schedules', null, () => {})
    await this.#looks.idle()
  }

  async #look(): Promise<void> {
    const now = this.#ports.clock.now()
    let next = Infinity
    try {
      for (const row of await schedulesIn(this.#ports.store)) next = Math.min(next, await this.#dealWith(row, now))
    } catch (error) {
      next = now + soonMs
      throw error
    } finally {
      const at = next === Infinity || this.#stopped ? null : Math.min(next, now + longestMs)
      this.#options.alarm.set('schedules', at, () => this.lookSoon())
    }
  }

  /** Deals with the times of one schedule; answers when to look again. */
  async #dealWith(row: ScheduleRow, now: number): Promise<number> {
    const { name, createdAt, last } = row
    // A process that died may have decided and not published.
    if (last !== null) await this.#publish(row, last)
    if (row.paused) return Infinity
    const key = `${name}@${createdAt}`
    const ahead = this.#ahead.get(key)
    const run = new Run(row, ahead !== undefined && ahead.handledTo > row.handledTo ? ahead : row, now)
    try {
      for (;;) {
        const due = run.missed() ?? (await this.#due(run))
        if (typeof due === 'number') return due
        if (!(await this.#decided(due))) return now + soonMs
        run.handled(due)
        if (due.task !== null) await this.#publish(row, { at: due.at, task: due.task })
      }
    } finally {
      this.#ahead.set(key, run)
    }
  }

  /** What to do about the next time, or when to look again. */
  async #due(run: Run): Promise<DueTime | number> {
    const at = run.next
    if (at === null) return Infinity
    if (at > run.now) return at
    const { overlap } = run.row
    const overlaps = overlap !== 'allow' && run.last !== null && (await this.#isOpen(run.last.task))
    if (overlaps && overlap === 'queue') return run.now + soonMs
    return run.dueTime(at, overlaps ? 'overlap' : null, this.#ports.ids.id())
  }

  async #isOpen(task: string): Promise<boolean> {
    const { store, team } = this.#ports
    return (await store.head(streamName.task(team.name, task)))?.final !== true
  }

  /** Brings a decision to the record. `false` when another one was brought before. */
  async #decided(due: DueTime): Promise<boolean> {
    const { known } = await fromOutside(this.#ports, {
      client: 'system',
      key: keyOf(due.name, due.at),
      to: streamName.team(this.#ports.team.name),
      type: 'schedule.due',
      task: '',
      payload: { ...due },
    })
    return !known
  }

  async #publish({ name, playbook, input, by }: ScheduleRow, last: NonNullable<ScheduleRow['last']>): Promise<void> {
    if (this.#published.has(last.task)) return
    const publication = { playbook, input, requester: by, idempotencyKey: keyOf(name, last.at) }
    await publish(this.#ports, publication, last.task)
    this.#published.add(last.task)
  }
}

/** The key under which a time of a schedule is published and decided about. */
function keyOf(name: string, at: number): string {
  return `${name}/${new Date(at).toISOString()}`
}

/** One look at a schedule. */
class Run implements Ahead {
  readonly row: ScheduleRow
  readonly now: number
  readonly #calendar: Calendar
  handledTo: number
  last: ScheduleRow['last']

  constructor(row: ScheduleRow, { handledTo, last }: Ahead, now: number) {
    this.row = row
    this.now = now
    this.handledTo = handledTo
    this.last = last
    this.#calendar = calendarOf(row)
  }

  /** The first time that nothing was decided about. */
  get next(): number | null {
    return this.#calendar.next(this.handledTo)
  }

  /** All times that are too old to be made up for, as one; `undefined` when there is none. */
  missed(): DueTime | undefined {
    const oldest = this.now - this.row.catchUpMs
    let [at, times] = [this.handledTo, 0]
    for (let next = this.next; next !== null && next < oldest; next = this.#calendar.next(next)) {
      // Nobody wants to know how many seconds a year has: what is left is passed over at once.
      if (times === mostCounted) {
        at = oldest - 1
        break
      }
      at = next
      times += 1
    }
    return times === 0 ? undefined : { name: this.row.name, at, task: null, because: 'missed', times }
  }

  dueTime(at: number, because: SkipReason | null, task: string): DueTime {
    return { name: this.row.name, at, task: because === null ? task : null, because, times: 1 }
  }

  handled({ at, task }: DueTime): void {
    this.handledTo = at
    if (task !== null) this.last = { at, task }
  }
}
