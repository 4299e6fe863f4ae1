import { isRosterError, type NewPending } from '@roster/core'

import type { Host } from './host.ts'
import { answered } from './item.ts'
import { runEffect } from './run-effect.ts'

/** How long an effect waits before it is tried again when the store did not answer, in milliseconds. */
const retryMs = 200

interface Run {
  readonly row: NewPending
  readonly controller: AbortController
  /** Whether it was marked as attempted, here, before it had to wait. */
  readonly marked: boolean
}

/**
 * The effects that run in this process.
 *
 * F1 An effect runs here once at a time, and its lease is extended while it does.
 * F2 What comes of an effect that was withdrawn, or that another host took over, is dropped.
 * F3 While its colleague or the team is stopped an effect waits; nothing of it is lost, and nothing of it begins.
 */
export class Effects {
  readonly #host: Host
  readonly #runs = new Map<string, Run>()
  readonly #underWay = new Set<Promise<void>>()
  /** Effects that wait for their colleague or the team to be resumed. */
  readonly #waiting = new Map<string, Run>()
  #stopped = false

  constructor(host: Host) {
    this.#host = host
  }

  get underWay(): readonly Promise<void>[] {
    return [...this.#underWay]
  }

  has(id: string): boolean {
    return this.#runs.has(id) || this.#waiting.has(id)
  }

  run(row: NewPending, marked = false): void {
    if (this.has(row.id) || this.#stopped) return
    const run = { row, controller: new AbortController(), marked }
    this.#runs.set(row.id, run)
    const underWay = this.#run(run).finally(() => this.#underWay.delete(underWay))
    this.#underWay.add(underWay)
  }

  /** Looks at the effects that wait, again. */
  reconsider(): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { row, marked } of waiting) this.run(row, marked)
  }

  /** Ends an effect of which nobody wants to know any more. */
  withdraw(id: string): void {
    this.#end(id, 'no longer wanted')
  }

  /** Ends effects of actors that another host owns now. */
  drop(lost: (stream: string) => boolean): void {
    const all = [...this.#runs.values(), ...this.#waiting.values()]
    for (const { row } of all) if (lost(row.stream)) this.#end(row.id, 'another host owns its actor')
  }

  /** Extends the leases of what runs, and ends what another host has taken over. */
  async extend(): Promise<void> {
    const { ports, options, token } = this.#host
    const ids = [...this.#runs.keys(), ...this.#waiting.keys()]
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
    this.#waiting.delete(id)
  }

  async #run(run: Run): Promise<void> {
    const { row, controller } = run
    try {
      const ran = await runEffect(this.#host, row, { signal: controller.signal, marked: run.marked })
      if (controller.signal.aborted || ran === 'not wanted') return
      if ('waits' in ran) this.#waiting.set(row.id, { ...run, marked: ran.marked })
      else this.#host.offer(answered(row, ran))
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
