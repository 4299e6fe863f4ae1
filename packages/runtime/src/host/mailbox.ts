import { canBegin, canTake, type Actor, type Message } from '@roster/core'

import type { Item } from './item.ts'

/**
 * What is waiting for one actor in this process.
 *
 * B1 Control messages come first, else the oldest that the actor's state can take; the others stay where they are.
 * B2 An item is in at most once.
 * B3 What begins an actor comes before everything else: a cancellation that overtook it would end what its colleague counts as begun.
 */
export class Mailbox {
  #items: Item[] = []

  get size(): number {
    return this.#items.length
  }

  /** Ids of the items, in order of arrival. */
  get ids(): readonly string[] {
    return this.#items.map(({ row }) => row.id)
  }

  has(id: string): boolean {
    return this.#items.some(({ row }) => row.id === id)
  }

  /** Adds an item unless it is there. */
  add(item: Item): void {
    if (!this.has(item.row.id)) this.#items.push(item)
  }

  remove(id: string): void {
    this.#items = this.#items.filter(({ row }) => row.id !== id)
  }

  /** The item to handle next, if the actor's state can take any: one that no state can take is next too, to be refused. */
  next(actor: Actor): Item | undefined {
    const waits = (item: Item): boolean => canTake(actor, item.stimulus) === 'waits'
    const beginning = actor.version === 0 ? this.#items.find((item) => begins(actor.stream, item)) : undefined
    return (
      beginning ??
      this.#items.find((item) => item.row.control && !waits(item)) ??
      this.#items.find((item) => !item.row.control && !waits(item))
    )
  }

  /** The newest message that no longer has room, if there are more than `depth`. */
  overflow(depth: number): Item | undefined {
    return this.#items.length > depth
      ? this.#items.findLast(({ row }) => row.kind === 'message' && !row.control)
      : undefined
  }

  /** The message that can begin an actor which does not exist yet: it says which kind it is. */
  firstMessage(): Message | undefined {
    for (const { stimulus } of this.#items)
      if (stimulus.source === 'message' && stimulus.message.kind !== undefined) return stimulus.message
    return undefined
  }

  /** Empties the mailbox. */
  takeAll(): readonly Item[] {
    return this.#items.splice(0)
  }
}

/** Whether an item begins the actor of a stream. */
export function begins(stream: string, { stimulus }: Item): boolean {
  return stimulus.source === 'message' && canBegin(stream, stimulus.message)
}
