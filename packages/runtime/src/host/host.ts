/**
 * Hosts actors: takes what is pending for the partitions that it owns, one item an actor at a time, and runs the effects.
 *
 * M2 An effect runs only after its row is stored, and its answer enters as the cause of the next record.
 * M3 What is in memory is a copy of what is pending: a host that dies loses nothing, and whoever claims its partitions reads it.
 */
import {
  colleaguePartitionCount,
  failureOf,
  parseStream,
  partitionCount,
  partitionOf,
  type Fence,
  type NewPending,
  type Pending,
  type Terms,
} from '@roster/core'

import { Actors } from './actors.ts'
import { Arrivals } from './arrivals.ts'
import { Attempts } from './attempts.ts'
import type { Composed } from './compose.ts'
import { Effects } from './effects.ts'
import type { Ground } from './ground.ts'
import { itemOf, type Item } from './item.ts'
import { Keeper } from './keeper.ts'
import { Mailboxes } from './mailboxes.ts'
import type { Observation } from './observation.ts'
import type { HostOptions, HostPorts } from './ports.ts'
import { Relay } from './relay.ts'
import { StandingOrders } from './standing-orders.ts'
import { Timers } from './timers.ts'
import { Windows } from './windows.ts'

export class Host implements Ground {
  readonly ports: HostPorts
  readonly options: HostOptions
  readonly actors: Actors
  readonly attempts: Attempts
  /** Names this host's leases of effects. */
  readonly token: string
  readonly #orders: StandingOrders
  readonly #windows: Windows
  readonly #keeper: Keeper
  readonly #mailboxes: Mailboxes
  readonly #effects: Effects
  readonly #timers: Timers
  readonly #relay: Relay | undefined
  readonly #arrivals: Arrivals | undefined
  #stopped = false
  #halted: unknown

  constructor(ports: HostPorts, options: HostOptions) {
    const { store, bus, clock, alarm, ids } = ports
    this.ports = ports
    this.options = options
    this.actors = new Actors(ports, options)
    this.attempts = new Attempts(store)
    this.token = ids.id()
    this.#orders = new StandingOrders({
      owns: (stream) => this.fenceOf(stream) !== undefined,
      get: (stream) => this.actors.get(stream, undefined),
      read: (stream) => this.actors.read(stream),
      version: async (stream) => (await store.head(stream))?.version ?? 0,
    })
    this.#windows = new Windows(ports)
    this.#mailboxes = new Mailboxes(this)
    this.#effects = new Effects(this)
    this.#timers = new Timers(clock, alarm, (rows) => rows.forEach((row) => this.offer(itemOf(row))))
    this.#keeper = new Keeper(this, {
      knows: (row) => this.#isTheirs(row) || this.#effects.has(row.id) || this.#mailboxes.has(row.stream, row.id),
      take: (rows) => this.#take(rows),
      drop: (lost) => this.#drop(lost),
      tend: () => this.#tend(),
    })
    if (bus === undefined) return
    const { resendAfterMs = 5000 } = options
    this.#relay = new Relay({ ...ports, bus }, { resendAfterMs, mine: (row) => this.#sends(row) })
    const knows = (stream: string, id: string): boolean => this.#mailboxes.has(stream, id)
    const reread = (stream: string): Promise<void> => this.reread(stream)
    this.#arrivals = new Arrivals({ ...ports, bus, knows, reread, take: (rows) => this.#take(rows) })
  }

  /** Claims partitions and takes up everything that is pending in them. */
  async start(): Promise<void> {
    await this.#keeper.start()
    await this.#listen()
  }

  /** Reads what is pending for the owned partitions and takes up what is not known here. */
  async recover(): Promise<void> {
    await this.#keeper.recover()
  }

  /** Stops taking anything up and waits for what is under way. What is pending stays pending. */
  async stop(): Promise<void> {
    this.#stop()
    await Promise.allSettled([...this.#mailboxes.underWay, ...this.#effects.underWay, this.#keeper.stop()])
    await this.#arrivals?.listen([])
    await this.ports.store.release(this.options.name)
  }

  /**
   * Resolves when nothing is under way: what is pending waits for a person, a time or somebody else.
   *
   * @throws RosterError what halted the host: a store that is full or gone.
   */
  async idle(): Promise<void> {
    const underWay = (): readonly Promise<void>[] => [...this.#mailboxes.underWay, ...this.#effects.underWay]
    for (let running = underWay(); running.length > 0; running = underWay()) await Promise.race(running)
    if (this.#halted !== undefined) throw this.#halted
  }

  /** When the next timer is due, in milliseconds since 1970, or `null`. */
  nextTimer(): number | null {
    return this.#timers.next()
  }

  /** Takes up rows that were stored: messages and timers are offered, effects run. What is for another host's actors is published. */
  deliver(rows: readonly NewPending[]): void {
    this.#take(rows)
    this.#relay?.publish(rows.filter((row) => this.#isForeign(row)))
  }

  /** Takes up messages that are another actor's concern now, or passes them on to its host. */
  pass(messages: readonly NewPending[]): void {
    this.#take(messages)
    this.#relay?.pass(messages.filter((row) => this.#isForeign(row)))
  }

  /** Reads all messages that are pending for an actor, and takes up those that are not known here, in the order in which they were sent. */
  async reread(stream: string): Promise<void> {
    const pending = await this.ports.store.pendingOf(stream)
    const messages = pending.filter(({ kind }) => kind === 'message')
    this.#take(messages.toSorted((one, other) => one.seq - other.seq))
  }

  /** Puts an item into its actor's mailbox. */
  offer(item: Item): void {
    this.#mailboxes.offer(item)
  }

  /** Keeps in memory what an append made of an actor. */
  async keep({ next }: Composed): Promise<void> {
    await this.actors.keep(next)
  }

  /** Drops rows that no longer matter: they are gone from the store. */
  withdraw(ids: readonly string[]): void {
    for (const id of ids) {
      this.#timers.remove(id)
      this.#effects.withdraw(id)
      this.#mailboxes.withdraw(id)
    }
  }

  /** Lets the bus forget a message that was handled. */
  acknowledge(id: string): void {
    this.#arrivals?.acknowledge(id)
  }

  /** Says of messages that came by the bus that they are here and must wait. */
  async note(waiting: readonly string[]): Promise<void> {
    await this.#arrivals?.note(waiting)
  }

  fenceOf(stream: string): Fence | undefined {
    return this.#keeper.fenceOf(partitionOf(stream))
  }

  /** On which terms the colleague of a job works. */
  async termsOf(stream: string): Promise<Terms | undefined> {
    return await this.#orders.of(stream)
  }

  /** Budgets of windows against which effects of a stream hold now. */
  async windowsOf(stream: string, task: string, now: number): Promise<readonly string[]> {
    return await this.#windows.of(stream, task, now)
  }

  /** Whether effects of a stream wait because its colleague, or the team, is stopped. */
  async isStopped(stream: string): Promise<boolean> {
    return await this.#orders.isStopped(stream)
  }

  /** Stores a note on a stream; effects that wait are looked at again. */
  async noting<T>(stream: string, store: () => Promise<T>): Promise<T> {
    const stored = await this.#orders.during(stream, store)
    this.#effects.reconsider()
    return stored
  }

  /** Renews what is owned, and drops from memory what is not ours any more. */
  async renew(): Promise<void> {
    await this.#keeper.renew()
  }

  /** How much is waiting for a colleague or open in it: whoever of a role has least gets the next piece of work. */
  load(stream: string): number {
    const { open = 0 } = (this.actors.peek(stream)?.state?.machine.context ?? {}) as { open?: number }
    return open + this.#mailboxes.size(stream)
  }

  overflows(item: Item): boolean {
    return this.#mailboxes.overflows(item)
  }

  observe(observation: Observation): void {
    this.ports.observe?.(observation)
  }

  /** Stops for good because of an error that trying again would not mend. */
  halt(error: unknown): void {
    this.#halted ??= error
    this.observe({ kind: 'halted', failure: failureOf(error, 'internal') })
    this.#stop()
  }

  /** How many partitions this host is to have, now that others are there too; it gives up what is more. `undefined`: whatever is free. */
  set share(share: number | undefined) {
    this.#keeper.share = share
  }

  /** How many partitions there are and how many are owned here. */
  get partitions(): { readonly owned: number; readonly all: number } {
    return { owned: this.#keeper.partitions.length, all: partitionCount }
  }

  /** Takes up rows of our own actors. */
  #take(rows: readonly NewPending[]): void {
    if (this.#stopped) return
    for (const row of this.#handOver(rows)) {
      if (this.fenceOf(row.stream) === undefined || this.#keeper.hold(row)) continue
      if (row.kind === 'effect') this.#effects.run(row)
      else if (row.kind === 'timer') this.#timers.add(row)
      else this.offer(itemOf(row))
    }
  }

  /** Hands the rows of tasks to whoever drives them, if that is somebody else; answers the rest. */
  #handOver(rows: readonly NewPending[]): readonly NewPending[] {
    const { tasks } = this.ports
    if (tasks === undefined) return rows
    const theirs = rows.filter(isForTask)
    if (theirs.length > 0) tasks.deliver(theirs)
    return theirs.length === 0 ? rows : rows.filter((row) => !isForTask(row))
  }

  /** Whether a row is for a task that somebody else drives: who that is looks for what nobody brought. */
  #isTheirs(row: NewPending): boolean {
    return this.ports.tasks !== undefined && isForTask(row)
  }

  #isForeign(row: NewPending): boolean {
    return !this.#isTheirs(row) && row.kind === 'message' && this.fenceOf(row.stream) === undefined
  }

  /** Hears what comes for our actors; what comes for tasks that somebody else drives is theirs to hear. */
  async #listen(): Promise<void> {
    const { partitions } = this.#keeper
    const ours = this.ports.tasks === undefined ? partitions : partitions.filter((one) => one < colleaguePartitionCount)
    await this.#arrivals?.listen(ours)
  }

  #drop(lost: (stream: string) => boolean): void {
    for (const part of [this.actors, this.#mailboxes, this.#timers, this.#effects, this.#arrivals]) part?.drop(lost)
  }

  async #tend(): Promise<void> {
    await this.#listen()
    await this.#effects.extend()
    this.#effects.reconsider()
    await this.#relay?.resend()
  }

  /** Whether a row is ours to send again. What clients sent is the reconciler's. */
  #sends(row: Pending): boolean {
    const { kind } = parseStream(row.sender)
    if (kind === 'client' || (kind === 'task' && this.ports.tasks !== undefined) || this.#isTheirs(row)) return false
    return this.fenceOf(row.sender) !== undefined && this.fenceOf(row.stream) === undefined
  }

  #stop(): void {
    this.#stopped = true
    void this.#keeper.stop()
    this.#timers.stop()
    this.#mailboxes.stop()
    this.#effects.stop()
  }
}

function isForTask({ stream }: NewPending): boolean {
  return parseStream(stream).kind === 'task'
}
