import { RosterError } from '@roster/core'
import type { Alarm } from '@roster/runtime'

import type { Happening, Scheduler, Susceptible } from './scheduler.ts'

/** What is told of every call that was carried out; answers whether its answer gets lost on the way back. */
export type AfterOperation = (life: Life, operation: string) => 'answered' | 'answer-lost'

/**
 * One life of a process, from its start to its crash.
 *
 * L1 What it calls happens later, and the answer reaches it later still: a crash or a pause can come in between.
 * L2 A dead process hears of nothing. What it had called may happen all the same.
 */
export class Life implements Susceptible {
  readonly name: string
  readonly scheduler: Scheduler
  dead = false
  frozen: Happening[] | undefined
  readonly #after: AfterOperation
  readonly #alarms = new Map<string, { readonly cancel: () => void }>()

  constructor(name: string, scheduler: Scheduler, after: AfterOperation) {
    this.name = name
    this.scheduler = scheduler
    this.#after = after
  }

  /** Calls something outside the process, which is carried out when its turn comes. */
  call<T>(operation: string, carryOut: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const answer = (run: () => void): void =>
        this.scheduler.soon({ name: `has its answer to ${operation}`, process: this, run })
      const run = (): void => {
        void carryOut().then(
          (value) =>
            answer(
              this.#after(this, operation) === 'answered' ? () => resolve(value) : () => reject(unanswered(operation)),
            ),
          (error: unknown) => answer(() => reject(error)),
        )
      }
      this.scheduler.soon({ name: operation, from: this, run })
    })
  }

  /** Something reaches the process from outside, as an operation of its own. */
  reach(operation: string, run: () => void): void {
    const arrive = (): void => {
      run()
      this.#after(this, operation)
    }
    this.scheduler.soon({ name: operation, process: this, run: arrive })
  }

  /** Resolves after a while. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.scheduler.at(this.scheduler.now() + ms, { name: 'wakes', process: this, run: resolve })
    })
  }

  /** An alarm clock of this process. */
  readonly alarm: Alarm = {
    set: (name, at, ring) => {
      this.#alarms.get(name)?.cancel()
      this.#alarms.delete(name)
      if (at === null) return
      const run = (): void => {
        this.#alarms.delete(name)
        ring()
      }
      this.#alarms.set(name, this.scheduler.at(at, { name: `rings ${name}`, process: this, run }))
    },
  }
}

function unanswered(operation: string): RosterError {
  return new RosterError('store-unavailable', `${operation}: the connection was lost before the answer came`, {
    retryable: true,
  })
}
