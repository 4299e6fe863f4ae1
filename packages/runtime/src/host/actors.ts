import {
  defaultLimits,
  definitionOf,
  parseStream,
  rebuild,
  RosterError,
  reviveActor,
  standardDuty,
  unborn,
  type Actor,
  type ActorState,
  type Definition,
  type Envelope,
} from '@roster/core'

import type { HostOptions, TransitionPorts } from './ports.ts'

/**
 * Actors in memory: a cache over the store.
 *
 * A1 An actor in the cache is the store's head, or it is dropped: whoever meets a conflict forgets it and loads again.
 * A2 Passivation loses nothing: an actor comes back from its snapshot and the records after it.
 * A3 An actor whose definition is not here cannot be had: its messages wait, and the others go on.
 */
export class Actors {
  readonly #ports: TransitionPorts
  readonly #options: HostOptions
  readonly #cache = new Map<string, Actor>()

  constructor(ports: TransitionPorts, options: HostOptions) {
    this.#ports = ports
    this.#options = options
  }

  /**
   * The actor of a stream. `kind` is the kind of work or task, known from its first message.
   *
   * @throws RosterError `definition-changed` when it began on a definition that is not here, or is in a state that its definition lacks.
   */
  async get(stream: string, kind: string | undefined): Promise<Actor> {
    const cached = this.#cache.get(stream)
    if (cached !== undefined) {
      this.#cache.delete(stream)
      this.#cache.set(stream, cached)
      return cached
    }
    const actor = await this.#load(stream, kind)
    this.#ports.observe?.({ kind: 'activated', stream, version: actor.version })
    this.#put(actor)
    return actor
  }

  /** Knows that an actor has no record yet: the message that begins it was stored just now, by its own colleague. */
  expect(stream: string, kind: string | undefined): void {
    if (!this.#cache.has(stream)) this.#put(this.#unborn(stream, kind))
  }

  /** Keeps what an append made of an actor. */
  async keep(actor: Actor): Promise<void> {
    const { snapshotEvery = 20 } = this.#options
    if (actor.final) this.#cache.delete(actor.stream)
    else this.#put(actor)
    if (actor.state !== null && !actor.final && actor.version % snapshotEvery === 0) {
      await this.#ports.store.saveSnapshot(
        actor.stream,
        actor.version,
        JSON.stringify({ state: actor.state, hash: actor.hash, kind: actor.state.origin?.kind }),
      )
    }
  }

  /** An actor as the store has it now, whoever owns it. It is not kept: others may change it. */
  async read(stream: string): Promise<Actor> {
    return await this.#load(stream, undefined)
  }

  /** The actor of a stream if it is in memory. */
  peek(stream: string): Actor | undefined {
    return this.#cache.get(stream)
  }

  forget(stream: string): void {
    this.#cache.delete(stream)
  }

  /** Forgets the actors of streams that another host owned or owns now. */
  drop(lost: (stream: string) => boolean): void {
    for (const stream of this.#cache.keys()) if (lost(stream)) this.#cache.delete(stream)
  }

  #put(actor: Actor): void {
    const { maxActors = 1000 } = this.#options
    this.#cache.delete(actor.stream)
    this.#cache.set(actor.stream, actor)
    for (const [stream] of this.#cache) {
      if (this.#cache.size <= maxActors) break
      this.#cache.delete(stream)
      this.#ports.observe?.({ kind: 'passivated', stream })
    }
  }

  #unborn(stream: string, kind: string | undefined): Actor {
    return unborn(stream, definitionOf(this.#ports.team, stream, kind) ?? unknownDefinition)
  }

  // oxlint-disable-next-line complexity -- one reading of what a snapshot and the records after it come to
  async #load(stream: string, kind: string | undefined): Promise<Actor> {
    const { store, sha256, team } = this.#ports
    const kept = await store.loadSnapshot(stream)
    const snapshot = kept === undefined ? undefined : (JSON.parse(kept.state) as { state: ActorState; hash: string })
    const records = await store.read(stream, { from: (kept?.version ?? 0) + 1 })
    const version = records.at(-1)?.version ?? kept?.version ?? 0
    if (version === 0) return this.#unborn(stream, kind)
    const { state, hash } = rebuild(
      records,
      sha256,
      snapshot === undefined ? { state: null, hash: genesisHash } : snapshot,
    )
    const found = definitionOf(team, stream, state?.origin?.kind ?? kind, began(state))
    const definition = found ?? unknownDefinition
    if (state === null) return { ...unborn(stream, definition), version, hash }
    const final = records.length > 0 && (JSON.parse(records.at(-1)?.envelope ?? '{}') as Envelope).outcome !== undefined
    // The team itself has no machine, and no end.
    if (parseStream(stream).kind === 'team')
      return { stream, definition, version, hash, final: false, state, snapshot: null }
    if (!final && found === undefined) throw absent(stream, state)
    return final || state.machine.value === null
      ? { stream, definition, version, hash, final: true, state, snapshot: null }
      : reviveActor(stream, definition, { version, hash, final }, state)
  }
}

/** The definition with which an actor began; none where nothing did: what was refused at once has no machine. */
function began(state: ActorState | null): string | undefined {
  return state === null || state.machine.value === null ? undefined : state.definition
}

function absent(stream: string, { definition }: ActorState): RosterError {
  return new RosterError('definition-changed', `${stream} began on ${definition}, which the team no longer has`, {
    path: definition,
    hint: 'Load it beside the new one, as `former` of the team, until what began on it has ended.',
  })
}

const genesisHash = '0'.repeat(64)

/** Stands for a kind of work or task that the team does not have: what asks for it is refused. */
export const unknownDefinition: Definition = {
  kind: 'colleague',
  id: 'unknown',
  digest: genesisHash,
  machine: standardDuty,
  limits: defaultLimits,
}

/** The kind of work or task of an actor's first message. */
export function kindOf(stream: string, message: { readonly kind?: string } | undefined): string | undefined {
  return parseStream(stream).kind === 'agent' || parseStream(stream).kind === 'person' ? undefined : message?.kind
}
