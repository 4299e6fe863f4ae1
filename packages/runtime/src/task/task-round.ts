import {
  parseRecord,
  recordedOf,
  RosterError,
  type Actor,
  type Advance,
  type AdvanceRequest,
  type NewPending,
  type Pending,
  type Recorded,
  type SealedRecord,
  type StreamName,
} from '@roster/core'

import type { Actors } from '../host/actors.ts'
import type { Ground } from '../host/ground.ts'
import { handle } from '../host/handle.ts'
import { itemOf, type Item } from '../host/item.ts'
import { Windows } from '../host/windows.ts'
import { Mailbox } from '../host/mailbox.ts'
import type { CoordinatedOptions, CoordinatedPorts } from './coordinated-ports.ts'
import { defaultMailboxDepth } from '../host/ports.ts'
import { PatientAttempts } from './patient-attempts.ts'

/** One request: the rows that it reads, and the record that comes of them. */
export class TaskRound {
  readonly #ports: CoordinatedPorts
  readonly #ground: Ground
  readonly #items = new Map<string, Item>()
  #mailbox = new Mailbox()
  #stored: { readonly record: SealedRecord; readonly next: Actor } | undefined

  constructor(ports: CoordinatedPorts, options: CoordinatedOptions, actors: Actors) {
    this.#ports = ports
    const windows = new Windows(ports)
    this.#ground = {
      ports,
      options,
      actors,
      attempts: new PatientAttempts(ports),
      token: '',
      fenceOf: () => null,
      windowsOf: (stream, task, now) => windows.of(stream, task, now),
      renew: () => Promise.resolve(),
      load: (colleague) => ports.load?.(colleague) ?? 0,
      overflows: (item) => this.#mailbox.overflow(options.mailboxDepth ?? defaultMailboxDepth) === item,
      keep: async ({ request: { record }, next }) => {
        this.#stored = { record, next }
        await actors.keep(next)
      },
      withdraw: () => {},
      deliver: (rows) => ports.deliver(rows),
      observe: (observation) => ports.observe?.(observation),
    }
  }

  /** Takes the next of what is pending; `undefined` when something else was stored meanwhile, or the attempt failed. */
  async play(actor: Actor, { stream, timer }: AdvanceRequest): Promise<Advance | 'ended' | undefined> {
    if (actor.final) return 'ended'
    await this.#fill(stream, timer)
    const { mailboxDepth = defaultMailboxDepth } = this.#ground.options
    const item = this.#mailbox.overflow(mailboxDepth) ?? this.#mailbox.next(actor)
    if (item === undefined) return await this.#waits(actor)
    const handled = await handle(this.#ground, actor, item)
    if (handled === 'lost') throw revoked(stream)
    const stored = this.#stored
    if (stored === undefined) return undefined
    this.#mailbox.remove(item.row.id)
    const more = !stored.next.final && this.#mailbox.next(stored.next) !== undefined
    return { kind: 'stored', record: recordOf(stored.record, this.#ports), more }
  }

  /** Puts into the mailbox what is pending now: the delay that passed first, then the messages in order. */
  async #fill(stream: StreamName, timer: AdvanceRequest['timer']): Promise<void> {
    this.#mailbox = new Mailbox()
    if (timer !== undefined) this.#mailbox.add(this.#itemOf(timerRow(stream, timer)))
    const rows = await this.#ports.store.pendingOf(stream)
    for (const row of rows) if (row.kind === 'message') this.#mailbox.add(this.#itemOf(row))
  }

  /** Nothing can be taken; unless the actor in memory is behind what another worker has stored. */
  async #waits({ stream, version }: Actor): Promise<Advance | undefined> {
    const head = await this.#ports.store.head(stream)
    return (head?.version ?? 0) === version ? { kind: 'waits' } : undefined
  }

  /** The same row is the same item in each round, so that its failed attempts are known. */
  #itemOf(row: NewPending | Pending): Item {
    const item = this.#items.get(row.id) ?? itemOf(row)
    this.#items.set(row.id, item)
    return item
  }
}

/** A delay as an item's row, which is in no store. */
function timerRow(stream: StreamName, { id, event }: NonNullable<AdvanceRequest['timer']>): NewPending {
  const none = { control: false, dueAt: null, expiresAt: null, lease: null }
  return { id, kind: 'timer', stream, sender: stream, type: event.kind, body: JSON.stringify(event), ...none }
}

function recordOf(record: SealedRecord, { sha256 }: CoordinatedPorts): Recorded {
  // A position is no part of what is stepped again.
  return recordedOf(parseRecord({ ...record, position: 0 }, record.previousHash, sha256))
}

function revoked(stream: StreamName): RosterError {
  return new RosterError('revoked', `${stream} was revoked: nothing can be appended to it`, {
    path: stream,
    hint: 'Its owner ends it; publish the work again as a new task.',
  })
}
