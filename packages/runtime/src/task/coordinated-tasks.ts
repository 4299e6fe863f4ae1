import {
  definitionOf,
  parseRecord,
  parseStream,
  recordedOf,
  resume,
  RosterError,
  type Actor,
  type Advance,
  type AdvanceRequest,
  type NewPending,
  type Pending,
  type Recorded,
  type Resumed,
  type SealedRecord,
  type StreamName,
  type TaskSteps,
} from '@roster/core'

import { Actors, unknownDefinition } from '../host/actors.ts'
import type { Ground } from '../host/ground.ts'
import { handle } from '../host/handle.ts'
import { itemOf, type Item } from '../host/item.ts'
import { Mailbox } from '../host/mailbox.ts'
import type { HostOptions, TransitionPorts } from '../host/ports.ts'
import { PatientAttempts } from './patient-attempts.ts'

/** What tasks under a coordinator are taken forward with. */
export interface CoordinatedPorts extends TransitionPorts {
  /** Takes up rows that a task's record has stored: messages to colleagues. */
  readonly deliver: (rows: readonly NewPending[]) => void
  /** How much is waiting for a colleague or open in it, for asks of a role. @defaultValue nothing is known: the first of a role gets it */
  readonly load?: (colleague: StreamName) => number
}

/** How tasks under a coordinator are taken forward. */
export type CoordinatedOptions = Pick<
  HostOptions,
  'name' | 'build' | 'mailboxDepth' | 'maxAttempts' | 'maxActors' | 'snapshotEvery'
>

/** How often it is tried to find out what is stored before the caller is told to come again. */
const maxRounds = 20

/**
 * Makes the transitions of tasks whose waiting and timetable a coordinator keeps.
 *
 * C1 What is answered is stored, whoever stored it: the caller steps the record that it is given.
 * C2 A task's fence is the version at which the caller stands, and the cause. Two coordinators of one task harm nothing.
 * C3 Nobody can invent a message: what a caller knows are hints, and the pending rows say what there is.
 * C4 Delays are the caller's. One that passed is offered beside what is pending; it leaves a record like every other cause.
 */
export class CoordinatedTasks implements TaskSteps {
  readonly #ports: CoordinatedPorts
  readonly #options: CoordinatedOptions
  readonly #actors: Actors

  constructor(ports: CoordinatedPorts, options: CoordinatedOptions) {
    this.#ports = ports
    this.#options = options
    this.#actors = new Actors(ports, options)
  }

  async advance(request: AdvanceRequest): Promise<Advance> {
    const { stream, version, kind } = request
    const round = new Round(this.#ports, this.#options, this.#actors)
    for (let rounds = 0; rounds < maxRounds; rounds++) {
      const actor = await this.#actors.get(stream, kind)
      if (actor.version > version) return await this.#found(stream, version + 1)
      const answer = actor.version < version ? undefined : await round.play(actor, request)
      if (answer === 'ended') return await this.#ended(stream)
      if (answer !== undefined) return await this.#answered(answer)
      this.#actors.forget(stream)
    }
    throw unsettled(stream, version)
  }

  async resume({ stream, kind }: Pick<AdvanceRequest, 'stream' | 'kind'>): Promise<Resumed> {
    const { store, team, sha256 } = this.#ports
    const definition = definitionOf(team, stream, kind) ?? unknownDefinition
    const { actor, timers } = resume(stream, definition, await store.read(stream), sha256)
    const { version, state, final } = actor
    return { version, state, final, timers }
  }

  /** Hands on what came for a task that has ended: it is recorded in the team's own stream. Answers how much that was. */
  async late(stream: StreamName): Promise<number> {
    const head = await this.#ports.store.head(stream)
    if (head?.final !== true) return 0
    const rows = await this.#ports.store.pendingOf(stream)
    const team = `${parseStream(stream).team}/team`
    if (rows.length > 0) this.#ports.deliver(rows.map((row) => ({ ...row, stream: team })))
    return rows.length
  }

  /** What waited for a task when it ended came too late. */
  async #answered(answer: Advance): Promise<Advance> {
    if (answer.kind === 'stored' && answer.record.outcome !== undefined) await this.late(answer.record.stream)
    return answer
  }

  async #ended(stream: StreamName): Promise<Advance> {
    await this.late(stream)
    return { kind: 'waits' }
  }

  /** A record that was stored before: by whom, and whether what it sent was brought to anybody, is not known. */
  async #found(stream: StreamName, version: number): Promise<Advance> {
    const [stored] = await this.#ports.store.read(stream, { from: version, to: version })
    if (stored === undefined) throw unsettled(stream, version)
    const record = recordedOf(parseRecord(stored, stored.previousHash, this.#ports.sha256))
    await this.#sendAgain(record)
    return { kind: 'stored', record, more: true }
  }

  async #sendAgain({ stream, sent }: Recorded): Promise<void> {
    for (const to of new Set(sent.map((message) => message.to))) {
      const rows = await this.#ports.store.pendingOf(to)
      this.#ports.deliver(rows.filter(({ sender }) => sender === stream))
    }
  }
}

/** One request: the rows that it reads, and the record that comes of them. */
class Round {
  readonly #ports: CoordinatedPorts
  readonly #ground: Ground
  readonly #items = new Map<string, Item>()
  #mailbox = new Mailbox()
  #stored: { readonly record: SealedRecord; readonly next: Actor } | undefined

  constructor(ports: CoordinatedPorts, options: CoordinatedOptions, actors: Actors) {
    this.#ports = ports
    this.#ground = {
      ports,
      options,
      actors,
      attempts: new PatientAttempts(ports),
      token: '',
      fenceOf: () => null,
      renew: () => Promise.resolve(),
      load: (colleague) => ports.load?.(colleague) ?? 0,
      overflows: (_, item, depth) => this.#mailbox.overflow(depth) === item,
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
    const rows = await this.#ports.store.pendingOf(stream)
    this.#mailbox = new Mailbox()
    if (timer !== undefined) this.#mailbox.add(this.#itemOf(timerRow(stream, timer)))
    for (const row of rows) if (row.kind === 'message') this.#mailbox.add(this.#itemOf(row))
    const { mailboxDepth = 1000 } = this.#ground.options
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

function unsettled(stream: StreamName, version: number): RosterError {
  return new RosterError('store-unavailable', `${stream} cannot be taken forward from version ${version} now`, {
    path: stream,
    hint: 'Ask again: what is stored is found then.',
    retryable: true,
  })
}
