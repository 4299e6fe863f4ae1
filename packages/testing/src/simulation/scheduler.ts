import type { Clock } from '@roster/core'

import type { Random } from './random.ts'

/** Something that can happen now. */
export interface Happening {
  /** For the trace; it is asked only when there is one. */
  readonly name: string
  /** To whom it happens: a dead process notices nothing, a paused one later. */
  readonly process?: Susceptible
  /** Who called for it: what was called and not yet carried out can be lost with its caller. */
  readonly from?: Susceptible
  readonly run: () => void
}

/** What a happening can be kept from by. */
export interface Susceptible {
  readonly name: string
  readonly dead: boolean
  /** What happened to it while it was paused; none while it is not. */
  readonly frozen: Happening[] | undefined
}

/** Something that happens at a time. */
interface Appointment {
  readonly at: number
  readonly happening: Happening
}

/** Something at a time that can be called off. */
export interface Appointed {
  readonly cancel: () => void
}

/**
 * Decides what happens next. All that waits for anything waits here.
 *
 * D1 What can happen now happens in an order that follows from the seed; between two happenings everything runs that can run.
 * D2 Time goes on only when nothing can happen now, and then to the next appointment.
 */
export class Scheduler implements Clock {
  readonly #random: Random
  readonly #trace: ((line: string) => void) | undefined
  readonly #ready: Happening[] = []
  readonly #appointments = new Set<Appointment>()
  #now: number

  constructor(random: Random, start: number, trace?: (line: string) => void) {
    this.#random = random
    this.#now = start
    this.#trace = trace
  }

  now(): number {
    return this.#now
  }

  /** Lets something happen as soon as its turn comes. */
  soon(happening: Happening): void {
    this.#ready.push(happening)
  }

  /** Lets something happen at a time. */
  at(at: number, happening: Happening): Appointed {
    const appointment = { at, happening }
    this.#appointments.add(appointment)
    return { cancel: () => void this.#appointments.delete(appointment) }
  }

  /** Takes back what is about to happen, as far as it is chosen. */
  withdraw(chosen: (happening: Happening) => boolean): void {
    const kept = this.#ready.filter((happening) => !chosen(happening))
    this.#ready.splice(0, this.#ready.length, ...kept)
  }

  /** Runs until nothing happens any more that is not `over`, or until a time. Answers whether it was over. */
  async run(over: () => boolean | Promise<boolean>, until: number): Promise<boolean> {
    for (;;) {
      await quiet()
      if (this.#ready.length > 0) this.#happen()
      else if (await over()) return true
      else if (!this.#advance(until)) return false
    }
  }

  #happen(): void {
    const chosen = this.#random.below(this.#ready.length)
    const happening = this.#ready[chosen] as Happening
    const last = this.#ready.pop() as Happening
    if (last !== happening) this.#ready[chosen] = last
    const { process, from, name, run } = happening
    if (process?.dead === true) return
    if (process?.frozen !== undefined) {
      process.frozen.push(happening)
      return
    }
    this.#trace?.(`${String(this.#now).slice(-7)} ${(process ?? from)?.name ?? '-'} ${name}`)
    run()
  }

  #advance(until: number): boolean {
    let next = Infinity
    for (const { at } of this.#appointments) if (at < next) next = at
    if (next > until) return false
    this.#now = Math.max(this.#now, next)
    for (const appointment of this.#appointments) {
      if (appointment.at > this.#now) continue
      this.#appointments.delete(appointment)
      this.#ready.push(appointment.happening)
    }
    return true
  }
}

/** Resolves when every promise that could go on has gone on: a tick's callback runs after all microtasks. */
function quiet(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}
