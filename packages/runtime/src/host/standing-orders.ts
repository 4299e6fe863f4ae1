import { parseStream, streamName, type Actor, type Terms } from '@roster/core'

/** What is needed to know on which terms somebody works. */
export interface TermsPorts {
  readonly owns: (stream: string) => boolean
  /** The actor in memory, of a stream that is owned here. */
  readonly get: (stream: string) => Promise<Actor>
  /** The actor as the store has it now. */
  readonly read: (stream: string) => Promise<Actor>
  /** The version of a stream as the store has it now; 0 when there is none. */
  readonly version: (stream: string) => Promise<number>
}

/**
 * What people have decided about colleagues and the team, as of now.
 *
 * O1 Once a stop is committed no effect starts: whoever starts one while a note is being stored waits for what becomes of it.
 * O2 Of streams that another host owns, the store is asked each time whether they have changed.
 */
export class StandingOrders {
  readonly #ports: TermsPorts
  readonly #noting = new Map<string, Promise<unknown>>()
  /** What was read of streams that another host owns, at which version. */
  readonly #foreign = new Map<string, { readonly version: number; readonly terms: Terms | undefined }>()

  constructor(ports: TermsPorts) {
    this.#ports = ports
  }

  /** Stores a note on a stream. */
  async during<T>(stream: string, noting: () => Promise<T>): Promise<T> {
    const running = noting()
    this.#noting.set(stream, running)
    try {
      return await running
    } finally {
      this.#noting.delete(stream)
    }
  }

  /** The terms of the colleague that a job belongs to. */
  async of(stream: string): Promise<Terms | undefined> {
    const { kind, base } = parseStream(stream)
    return kind === 'job' ? await this.#termsOf(base) : undefined
  }

  /** Whether effects of a stream may not start: its colleague is stopped or revoked, or the whole team is stopped. */
  async isStopped(stream: string): Promise<boolean> {
    const { team, base } = parseStream(stream)
    for (const one of [streamName.team(team), base]) {
      const { stopped, revoked } = (await this.#termsOf(one)) ?? {}
      if (stopped !== undefined || revoked !== undefined) return true
    }
    return false
  }

  async #termsOf(stream: string): Promise<Terms | undefined> {
    await this.#noting.get(stream)?.catch(() => {})
    const { kind } = parseStream(stream)
    if (kind === 'task') return undefined
    const { owns, get } = this.#ports
    return owns(stream) ? (await get(stream)).state?.terms : await this.#foreignTerms(stream)
  }

  async #foreignTerms(stream: string): Promise<Terms | undefined> {
    const current = await this.#ports.version(stream)
    const known = this.#foreign.get(stream)
    if (known?.version === current) return known.terms
    const { version, state } = await this.#ports.read(stream)
    this.#foreign.set(stream, { version, terms: state?.terms })
    return state?.terms
  }
}
