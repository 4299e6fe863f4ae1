/**
 * Hosts actors: takes what is pending for the partitions that it owns, one item an actor at a time, and runs the effects.
 *
 * M1 A mailbox handles at most one item at a time.
 * M2 An effect runs only after its row is stored, and its answer enters as the cause of the next record.
 * M3 What is in memory is a copy of what is pending: a host that dies loses nothing, and whoever claims its partitions reads it.
 */
import {
  failureOf,
  isRosterError,
  partitionCount,
  partitionOf,
  type Actor,
  type Fence,
  type NewPending,
} from '@roster/core'

import { Actors, kindOf } from './actors.ts'
import { Attempts } from './attempts.ts'
import { handle } from './handle.ts'
import { answered, itemOf, type Item } from './item.ts'
import { Mailbox } from './mailbox.ts'
import type { Observation } from './observation.ts'
import type { HostOptions, HostPorts } from './ports.ts'
import { runEffect } from './run-effect.ts'
import { Timers } from './timers.ts'

/** How long a host waits before it tries a store again that did not answer, in milliseconds. */
const storeRetryMs = 200

export class Host {
  readonly ports: HostPorts
  readonly options: HostOptions
  readonly actors: Actors
  readonly attempts: Attempts
  /** Names this host's leases of effects. */
  readonly token: string
  readonly #mailboxes = new Map<string, Mailbox>()
  readonly #draining = new Map<string, Promise<void>>()
  readonly #effects = new Map<string, AbortController>()
  readonly #running = new Set<Promise<void>>()
  readonly #timers: Timers
  /** Streams to which something was offered since their mailbox was last looked through. */
  readonly #offeredSince = new Set<string>()
  #fences: readonly Fence[] = []
  #stopped = false
  #halted: unknown

  constructor(ports: HostPorts, options: HostOptions) {
    this.ports = ports
    this.options = options
    this.actors = new Actors(ports, options)
    this.attempts = new Attempts(ports.store)
    this.token = ports.ids.id()
    this.#timers = new Timers(ports.clock, ports.alarm, (rows) => rows.forEach((row) => this.#offer(itemOf(row))))
  }

  /** Claims partitions and takes up everything that is pending in them. */
  async start(): Promise<void> {
    const { store } = this.ports
    this.#fences = await store.claim(this.options.name, this.options.partitionLeaseMs ?? 0)
    await this.recover()
  }

  /** Reads what is pending for the owned partitions and takes up what is not known here. */
  async recover(): Promise<void> {
    const partitions = this.#fences.map(({ partition }) => partition)
    let after = 0
    for (;;) {
      const rows = await this.ports.store.pendingIn(partitions, { dueBy: Number.MAX_SAFE_INTEGER, after, limit: 1000 })
      const effects = rows.filter(({ kind }) => kind === 'effect').map(({ id }) => id)
      const leased = new Set(
        effects.length === 0
          ? []
          : await this.ports.store.leaseEffects(effects, this.token, this.options.effectLeaseMs ?? 0),
      )
      this.deliver(
        rows
          .filter(({ kind, id }) => kind !== 'effect' || leased.has(id))
          .map((row) => (row.kind === 'effect' ? { ...row, lease: { token: this.token, ms: 0 } } : row)),
      )
      const last = rows.at(-1)
      if (last === undefined || rows.length < 1000) return
      after = last.seq
    }
  }

  /** Stops taking anything up and waits for what is under way. What is pending stays pending. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#timers.stop()
    for (const controller of this.#effects.values()) controller.abort(new Error('the host stops'))
    await Promise.allSettled([...this.#draining.values(), ...this.#running])
    await this.ports.store.release(this.options.name)
  }

  /**
   * Resolves when nothing is under way: what is pending waits for a person, a time or somebody else.
   *
   * @throws RosterError what halted the host: a store that is full or gone.
   */
  async idle(): Promise<void> {
    while (this.#draining.size > 0 || this.#running.size > 0)
      await Promise.race([...this.#draining.values(), ...this.#running])
    if (this.#halted !== undefined) throw this.#halted
  }

  /** When the next timer is due, in milliseconds since 1970, or `null`. */
  nextTimer(): number | null {
    return this.#timers.next()
  }

  /** Takes up rows that were stored: messages and timers are offered, effects run. */
  deliver(rows: readonly NewPending[]): void {
    for (const row of rows) {
      if (this.fenceOf(row.stream) === undefined) continue
      if (row.kind === 'effect') this.#run(row)
      else if (row.kind === 'timer') this.#timers.add(row)
      else this.#offer(itemOf(row))
    }
  }

  /** Drops rows that no longer matter: they are gone from the store. */
  withdraw(ids: readonly string[]): void {
    for (const id of ids) {
      this.#timers.remove(id)
      this.#effects.get(id)?.abort(new Error('no longer wanted'))
      for (const mailbox of this.#mailboxes.values()) mailbox.remove(id)
    }
  }

  fenceOf(stream: string): Fence | undefined {
    const partition = partitionOf(stream)
    return this.#fences.find((fence) => fence.partition === partition)
  }

  /** Whether the partition of a stream is still ours; forgets those that are not. */
  async stillOwns(stream: string): Promise<boolean> {
    const { store } = this.ports
    this.#fences = await store.renew(this.options.name, this.#fences, this.options.partitionLeaseMs ?? 0)
    return this.fenceOf(stream) !== undefined
  }

  /** How much is waiting for a colleague or open in it: whoever of a role has least gets the next piece of work. */
  load(stream: string): number {
    const { open = 0 } = (this.actors.peek(stream)?.state?.machine.context ?? {}) as { open?: number }
    return open + (this.#mailboxes.get(stream)?.size ?? 0)
  }

  overflows(stream: string, item: Item, depth: number): boolean {
    return this.#mailboxes.get(stream)?.overflow(depth) === item
  }

  observe(observation: Observation): void {
    this.ports.observe?.(observation)
  }

  #offer(item: Item): void {
    if (this.#stopped) return
    const { stream } = item.row
    const mailbox = this.#mailboxes.get(stream) ?? new Mailbox()
    this.#mailboxes.set(stream, mailbox)
    mailbox.add(item)
    this.#offeredSince.add(stream)
    this.#drain(stream)
  }

  #drain(stream: string): void {
    if (this.#draining.has(stream) || this.#stopped) return
    const draining = this.#handleAll(stream).finally(() => {
      this.#draining.delete(stream)
      const mailbox = this.#mailboxes.get(stream)
      if (mailbox?.size === 0) this.#mailboxes.delete(stream)
      else if (this.#offeredSince.has(stream)) this.#drain(stream)
    })
    this.#draining.set(stream, draining)
  }

  async #handleAll(stream: string): Promise<void> {
    const mailbox = this.#mailboxes.get(stream)
    while (mailbox !== undefined && !this.#stopped) {
      try {
        const first = mailbox.size === 0 ? undefined : await this.#next(stream, mailbox)
        if (first === undefined) return
        const handled = await handle(this, first.actor, first.item)
        if (handled === 'again') this.actors.forget(stream)
        else mailbox.remove(first.item.row.id)
      } catch (error) {
        if (!(await this.#weather(stream, error))) return
      }
    }
  }

  async #next(stream: string, mailbox: Mailbox): Promise<{ readonly actor: Actor; readonly item: Item } | undefined> {
    this.#offeredSince.delete(stream)
    const opening = mailbox.firstMessage()
    const actor = await this.actors.get(stream, kindOf(stream, opening))
    if (actor.final) return await this.#late(stream, mailbox)
    const item = mailbox.overflow(this.options.mailboxDepth ?? 1000) ?? mailbox.next(actor)
    return item === undefined ? undefined : { actor, item }
  }

  /** What comes for a stream that has ended is recorded in the team's own stream: nothing is dropped in silence. */
  async #late(stream: string, mailbox: Mailbox): Promise<undefined> {
    const team = `${stream.split('/')[0]}/team`
    for (const item of mailbox.takeAll()) this.#offer({ ...item, row: { ...item.row, stream: team } })
    return undefined
  }

  /** A store that does not answer is tried again; one that is full or gone halts the host. Answers whether to go on. */
  async #weather(stream: string, error: unknown): Promise<boolean> {
    this.actors.forget(stream)
    const retryable = isRosterError(error) && error.retryable
    if (!retryable) {
      this.#halted ??= error
      this.observe({ kind: 'halted', failure: failureOf(error, 'internal') })
      this.#stopped = true
      return false
    }
    this.observe({ kind: 'reoffered', stream, because: 'store' })
    await new Promise<void>((resolve) =>
      this.ports.alarm.set(`store/${stream}`, this.ports.clock.now() + storeRetryMs, resolve),
    )
    return true
  }

  #run(row: NewPending): void {
    if (this.#effects.has(row.id) || this.#stopped) return
    const controller = new AbortController()
    this.#effects.set(row.id, controller)
    const running = runEffect(this, row, controller.signal)
      .then((answer) => {
        this.#effects.delete(row.id)
        if (answer !== undefined && !controller.signal.aborted) this.#offer(answered(row, answer))
      })
      .catch((error: unknown) => {
        this.#effects.delete(row.id)
        this.#halted ??= error
      })
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** How many partitions there are and how many are owned here. */
  get partitions(): { readonly owned: number; readonly all: number } {
    return { owned: this.#fences.length, all: partitionCount }
  }
}
