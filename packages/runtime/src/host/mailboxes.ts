/**
 * The mailboxes of the actors in this process: each is worked through by itself.
 *
 * M1 A mailbox handles at most one item at a time.
 */
import { isNote, failureOf, isRosterError, type Actor } from '@roster/core'

import { kindOf } from './actors.ts'
import { handle } from './handle.ts'
import type { Host } from './host.ts'
import type { Item } from './item.ts'
import { begins, Mailbox } from './mailbox.ts'
import { defaultMailboxDepth } from './ports.ts'

/** How long a host waits before it tries a store again that did not answer, in milliseconds. */
const storeRetryMs = 200

interface Next {
  readonly actor: Actor
  readonly item: Item
}

export class Mailboxes {
  readonly #host: Host
  readonly #mailboxes = new Map<string, Mailbox>()
  readonly #draining = new Map<string, Promise<void>>()
  /** Streams to which something was offered since their mailbox was last looked through. */
  readonly #offeredSince = new Set<string>()
  /** Items that were taken because they have no room. */
  readonly #beyond = new WeakSet<Item>()
  /** Streams whose mailbox is full, and was told to be. */
  readonly #full = new Set<string>()
  #stopped = false

  constructor(host: Host) {
    this.#host = host
  }

  get underWay(): readonly Promise<void>[] {
    return [...this.#draining.values()]
  }

  offer(item: Item): void {
    if (this.#stopped) return
    const { stream } = item.row
    const mailbox = this.#mailboxes.get(stream) ?? new Mailbox()
    this.#mailboxes.set(stream, mailbox)
    mailbox.add(item)
    this.#offeredSince.add(stream)
    this.#drain(stream)
  }

  has(stream: string, id: string): boolean {
    return this.#mailboxes.get(stream)?.has(id) ?? false
  }

  size(stream: string): number {
    return this.#mailboxes.get(stream)?.size ?? 0
  }

  /** Whether an item had no room when it was taken. Others may have come since: it is not asked for again. */
  overflows(item: Item): boolean {
    return this.#beyond.has(item)
  }

  withdraw(id: string): void {
    for (const mailbox of this.#mailboxes.values()) mailbox.remove(id)
  }

  /** Empties the mailboxes of actors that another host owns now. */
  drop(lost: (stream: string) => boolean): void {
    for (const [stream, mailbox] of this.#mailboxes) if (lost(stream)) mailbox.takeAll()
  }

  stop(): void {
    this.#stopped = true
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
    for (let doubtful = false; mailbox !== undefined && (doubtful || mailbox.size > 0) && !this.#stopped;) {
      try {
        // An append whose answer was lost may have been stored: then nobody was told of what it caused.
        if (doubtful) await this.#host.recover()
        doubtful = false
        if (!(await this.#handleNext(stream, mailbox))) return
      } catch (error) {
        doubtful = await this.#weather(stream, error)
      }
    }
  }

  /** Handles the next item; answers whether there was one. */
  async #handleNext(stream: string, mailbox: Mailbox): Promise<boolean> {
    const first = await this.#next(stream, mailbox)
    if (first === undefined) {
      await this.#host.note(mailbox.ids)
      return false
    }
    const { actor, item } = first
    const handling = (): ReturnType<typeof handle> => handle(this.#host, actor, item)
    const handled = await (isNote(item.row.type) ? this.#host.noting(stream, handling) : handling())
    if (handled === 'again') this.#host.actors.forget(stream)
    else mailbox.remove(item.row.id)
    if (handled === 'done') this.#host.acknowledge(item.row.id)
    return true
  }

  async #next(stream: string, mailbox: Mailbox): Promise<Next | undefined> {
    this.#offeredSince.delete(stream)
    const next = await this.#choose(stream, mailbox)
    if (next === undefined || next.actor.version > 0 || begins(stream, next.item)) return next
    // What begins the actor may be stored and not known here yet.
    await this.#host.reread(stream)
    this.#host.actors.forget(stream)
    return await this.#choose(stream, mailbox)
  }

  async #choose(stream: string, mailbox: Mailbox): Promise<Next | undefined> {
    const actor = await this.#actor(stream, mailbox)
    if (actor === undefined) return undefined
    if (actor.final) return this.#late(stream, mailbox)
    const beyond = this.#overflow(stream, mailbox)
    const item = beyond ?? mailbox.next(actor)
    if (item === undefined) return undefined
    if (beyond === undefined) this.#beyond.delete(item)
    else this.#beyond.add(item)
    return { actor, item }
  }

  /** The newest message of a mailbox that is full. Its filling up is told once, not with each message that is refused. */
  #overflow(stream: string, mailbox: Mailbox): Item | undefined {
    const depth = this.#host.options.mailboxDepth ?? defaultMailboxDepth
    const item = mailbox.overflow(depth)
    if (item !== undefined && !this.#full.has(stream)) {
      this.#full.add(stream)
      this.#host.observe({ kind: 'mailbox-full', stream, depth })
    } else if (mailbox.size < depth) this.#full.delete(stream)
    return item
  }

  /** An actor that cannot be had here stands still, with all that waits for it, until a host has what it began on. */
  async #actor(stream: string, mailbox: Mailbox): Promise<Actor | undefined> {
    const { actors } = this.#host
    try {
      return await actors.get(stream, kindOf(stream, mailbox.firstMessage()))
    } catch (error) {
      if (!isRosterError(error, 'definition-changed')) throw error
      this.#host.observe({ kind: 'stands-still', stream, failure: failureOf(error) })
      return undefined
    }
  }

  /**
   * What comes for a stream that has ended is recorded in the team's own stream, by whoever owns that: nothing is dropped in silence.
   * Only messages can come late: the last record consumed the timers and effects.
   */
  #late(stream: string, mailbox: Mailbox): undefined {
    const team = `${stream.split('/')[0]}/team`
    const late = mailbox.takeAll().filter(({ row }) => row.kind === 'message')
    this.#host.pass(late.map(({ row }) => ({ ...row, stream: team })))
    for (const { row } of late) this.#host.acknowledge(row.id)
    return undefined
  }

  /** A store that does not answer is tried again; one that is full or gone halts the host. Answers whether to go on. */
  async #weather(stream: string, error: unknown): Promise<boolean> {
    const { actors, ports } = this.#host
    actors.forget(stream)
    if (!isRosterError(error) || !error.retryable) {
      this.#host.halt(error)
      return false
    }
    this.#host.observe({ kind: 'reoffered', stream, because: 'store' })
    await new Promise<void>((resolve) => ports.alarm.set(`store/${stream}`, ports.clock.now() + storeRetryMs, resolve))
    return true
  }
}
