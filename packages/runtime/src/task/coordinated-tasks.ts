import {
  definitionOf,
  parseRecord,
  parseStream,
  recordedOf,
  resume,
  RosterError,
  type Advance,
  type AdvanceRequest,
  type Definition,
  type Envelope,
  type Recorded,
  type Resumed,
  type StoredRecord,
  type StreamName,
  type TaskSteps,
  type Team,
} from '@roster/core'

import { Actors, unknownDefinition } from '../host/actors.ts'
import type { CoordinatedOptions, CoordinatedPorts } from './coordinated-ports.ts'
import { TaskRound } from './task-round.ts'

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
    const round = new TaskRound(this.#ports, this.#options, this.#actors)
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
    const records = await store.read(stream)
    const definition = begunOn(team, stream, kind, records[0])
    const { actor, timers } = resume(stream, definition, records, sha256)
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

  /** What waited for a task when it ended came too late; what it cost is known now. */
  async #answered(answer: Advance): Promise<Advance> {
    if (answer.kind === 'waits' || answer.record.outcome === undefined) return answer
    const { stream } = answer.record
    await this.late(stream)
    const budget = await this.#ports.store.budget(stream)
    return { ...answer, costMicroUsd: budget?.used.costMicroUsd ?? 0 }
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
    return await this.#answered({ kind: 'stored', record, more: true })
  }

  async #sendAgain({ stream, sent }: Recorded): Promise<void> {
    for (const to of new Set(sent.map((message) => message.to))) {
      const rows = await this.#ports.store.pendingOf(to)
      this.#ports.deliver(rows.filter(({ sender }) => sender === stream))
    }
  }
}

function unsettled(stream: StreamName, version: number): RosterError {
  return new RosterError('store-unavailable', `${stream} cannot be taken forward from version ${version} now`, {
    path: stream,
    hint: 'Ask again: what is stored is found then.',
    retryable: true,
  })
}

/** The definition with which a task began, or would begin. @throws RosterError `definition-changed` when the team no longer has it */
function begunOn(team: Team, stream: StreamName, kind: string, first: StoredRecord | undefined): Definition {
  if (first === undefined) return definitionOf(team, stream, kind) ?? unknownDefinition
  const { who } = JSON.parse(first.envelope) as Envelope
  const found =
    who.definition === unknownDefinition.id ? unknownDefinition : definitionOf(team, stream, kind, who.definition)
  if (found !== undefined) return found
  throw new RosterError('definition-changed', `${stream} began on ${who.definition}, which the team no longer has`, {
    path: who.definition,
    hint: 'Load it beside the new one, as `former` of the team, until what began on it has ended.',
  })
}
