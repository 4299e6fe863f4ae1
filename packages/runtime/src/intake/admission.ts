import { queueLimits, type NewPending, type StreamName } from '@roster/core'

import type { Alarm } from '../host/ports.ts'
import type { IntakePorts } from './intake.ts'
import { Looks } from './looks.ts'

/** What an admission is made on. */
export type AdmissionPorts = Pick<IntakePorts, 'store' | 'team' | 'clock' | 'deliver' | 'starter'>

export interface AdmissionOptions {
  /** Looks again while tasks wait, should nobody tell of one that has ended. @defaultValue none: somebody looks from time to time */
  readonly alarm?: Alarm
  /** After how long it looks again, in milliseconds. @defaultValue 5000 */
  readonly everyMs?: number
  /** Is told why tasks could not be let in when nobody waits for it. @defaultValue nobody */
  readonly failed?: (error: unknown) => void
}

/** How often all tasks that are under way are looked through for those that have ended, in milliseconds. */
const sweepMs = 60_000

/**
 * Lets queued tasks in while there is room.
 *
 * A1 What is let in is stored as pending first: it is begun by whoever is told of it, or by whoever finds it pending.
 * A2 One look is under way at a time; all who ask meanwhile share the next one.
 * A3 Nothing depends on being told of an end: the store counts, and what waits is looked at again.
 */
export class Admission {
  readonly #ports: AdmissionPorts
  readonly #options: AdmissionOptions
  #ended = new Set<StreamName>()
  readonly #looks = new Looks(() => this.#admit())
  #queued = 0
  #sweptAt = -Infinity
  #stopped = false

  constructor(ports: AdmissionPorts, options: AdmissionOptions = {}) {
    this.#ports = ports
    this.#options = options
  }

  /**
   * Lets in what there is room for now, and begins it.
   *
   * @throws RosterError `coordinator-unavailable` (retryable) when what was let in cannot be begun now: it is pending, and begins later
   */
  look(): Promise<void> {
    return this.#looks.ask()
  }

  /** A task may have ended: if others wait, one of them may be let in. */
  ended(stream: StreamName): void {
    this.#ended.add(stream)
    if (this.#queued > 0 && !this.#stopped) this.#lookAlone()
  }

  /** Whether a look is under way. */
  get busy(): boolean {
    return this.#looks.busy
  }

  /** Resolves when no look is under way. */
  async idle(): Promise<void> {
    await this.#looks.idle()
  }

  /** Looks no more by itself, and resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#options.alarm?.set('queue', null, () => {})
    await this.#looks.idle()
  }

  #lookAlone(): void {
    this.look().catch((error: unknown) => this.#options.failed?.(error))
  }

  async #admit(): Promise<void> {
    const ended = [...this.#ended]
    const now = this.#ports.clock.now()
    this.#ended = new Set()
    try {
      const { store, team } = this.#ports
      // What ended without anybody telling it here is found now and then; where a limit is reached it is looked for anyhow.
      const sweep = now - this.#sweptAt >= sweepMs
      const { rows, queued } = await store.admit(queueLimits(team), { ended, sweep })
      if (sweep) this.#sweptAt = now
      this.#queued = queued
      await this.#begin(rows)
    } catch (error) {
      for (const stream of ended) this.#ended.add(stream)
      throw error
    } finally {
      this.#lookLater()
    }
  }

  /** Begins them all: one that cannot be begun now holds up no other. */
  async #begin(rows: readonly NewPending[]): Promise<void> {
    const { starter, deliver } = this.#ports
    if (starter === undefined) return deliver(rows)
    const begun = await Promise.allSettled(rows.map((row) => starter.start(row)))
    const failed = begun.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  #lookLater(): void {
    const { alarm, everyMs = 5000 } = this.#options
    const at = this.#queued > 0 && !this.#stopped ? this.#ports.clock.now() + everyMs : null
    alarm?.set('queue', at, () => this.#lookAlone())
  }
}
