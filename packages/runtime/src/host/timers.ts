import type { Clock, NewPending } from '@roster/core'

import type { Alarm } from './ports.ts'

/** Timers that are set in this process. The rows are the truth; these only wake the host in time. */
export class Timers {
  readonly #rows = new Map<string, NewPending>()
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #due: (rows: readonly NewPending[]) => void

  constructor(clock: Clock, alarm: Alarm, due: (rows: readonly NewPending[]) => void) {
    this.#clock = clock
    this.#alarm = alarm
    this.#due = due
  }

  add(row: NewPending): void {
    if (isDue(row, this.#clock.now())) return this.#due([row])
    this.#rows.set(row.id, row)
    this.#arm()
  }

  remove(id: string): void {
    if (this.#rows.delete(id)) this.#arm()
  }

  /** Forgets the timers of actors that another host owns now. */
  drop(lost: (stream: string) => boolean): void {
    for (const [id, { stream }] of this.#rows) if (lost(stream)) this.#rows.delete(id)
    this.#arm()
  }

  /** When the earliest is due, or `null`. */
  next(): number | null {
    let next: number | null = null
    for (const { dueAt } of this.#rows.values()) if (dueAt !== null && (next === null || dueAt < next)) next = dueAt
    return next
  }

  stop(): void {
    this.#rows.clear()
    this.#alarm.set('timers', null, () => {})
  }

  #arm(): void {
    this.#alarm.set('timers', this.next(), () => this.#ring())
  }

  #ring(): void {
    const now = this.#clock.now()
    const due = [...this.#rows.values()]
      .filter((row) => isDue(row, now))
      .toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
    for (const { id } of due) this.#rows.delete(id)
    this.#arm()
    this.#due(due)
  }
}

function isDue({ dueAt }: NewPending, now: number): boolean {
  return dueAt === null || dueAt <= now
}
