import { isRosterError, type NewPending } from '@roster/core'

import type { Host } from './host.ts'
import { answered } from './item.ts'
import { runEffect } from './run-effect.ts'

/** How long an effect waits before it is tried again when the store did not answer, in milliseconds. */
const retryMs = 200

interface Run {
  readonly row: NewPending
  readonly controller: AbortController
}

/**
 * The effects that run in this process.
 *
 * F1 An effect runs here once at a time, and its lease is extended while it does.
 * F2 What comes of an effect that was withdrawn, or that another host took over, is dropped.
 */
export class Effects {
  readonly #host: Host
  readonly #runs = new Map<string, Run>()
  readonly #underWay = new Set<Promise<void>>()
  #stopped = false

  constructor(host: Host) {
    this.#host = host
  }

  get underWay(): readonly Promise<void>[] {
    return [...this.#underWay]
  }

  has(id: string): boolean {
    return this.#runs.has(id)
  }

  run(row: NewPending): void {
    if (this.#runs.has(row.id) || this.#stopped) return
    const run = { row, controller: new AbortController() }
    this.#runs.set(row.id, run)
    const underWay = this.#run(run).finally(() => this.#underWay.delete(underWay))
    this.#underWay.add(underWay)
  }

  /** Ends an effect of which nobody wants to know any more. */
  withdraw(id: string): void {
    this.#end(id, 'no longer wanted')
  }

  /** Ends effects of actors that another host owns now. */
  drop(lost: (stream: string) => boolean): void {
    for (const { row } of this.#runs.values()) if (lost(row.stream)) this.#end(row.id, 'another host owns its actor')
  }

  /** Extends the leases of what runs, and ends what another host has taken over. */
  async extend(): Promise<void> {
    const { ports, options, token } = this.#host
    const ids = [...this.#runs.keys()]
    if (ids.length === 0) return
    const kept = new Set(await ports.store.leaseEffects(ids, token, options.effectLeaseMs ?? 0))
    for (const id of ids) if (!kept.has(id)) this.#end(id, 'another host runs it')
  }

  stop(): void {
    this.#stopped = true
    for (const { controller } of this.#runs.values()) controller.abort(new Error('the host stops'))
  }

  #end(id: string, reason: string): void {
    this.#runs.get(id)?.controller.abort(new Error(reason))
    this.#runs.delete(id)
  }

  async #run(run: Run): Promise<void> {
    const { row, controller } = run
    try {
      const answer = await runEffect(this.#host, row, controller.signal)
      if (answer !== undefined && !controller.signal.aborted) this.#host.offer(answered(row, answer))
    } catch (error) {
      if (isRosterError(error) && error.retryable) this.#retry(row)
      else this.#host.halt(error)
    } finally {
      if (this.#runs.get(row.id) === run) this.#runs.delete(row.id)
    }
  }

  #retry(row: NewPending): void {
    const { alarm, clock } = this.#host.ports
    alarm.set(`effect/${row.id}`, clock.now() + retryMs, () => this.#host.deliver([row]))
  }
}
