import type { PGlite, QueryOptions, Results, Transaction } from '@electric-sql/pglite'
import { RosterError } from '@roster/core'
import { mapError } from '../map-error.ts'

/**
 * The way to a PGlite instance, for Kysely and for calls.
 *
 * - D1 one query is under way at a time; others wait here, not inside
 * - D2 after a PANIC (a disk that is full when WAL is to be written) the instance is dead, and a query to it would never answer and block the
 *   process: from then on everything is refused here. What was answered before is in the folder, for whoever opens it next.
 */
export class PGliteGate {
  readonly #pglite: PGlite
  #last: Promise<unknown> = Promise.resolve()
  #death: RosterError | undefined

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  get ready(): boolean {
    return this.#pglite.ready
  }

  get closed(): boolean {
    return this.#pglite.closed
  }

  get waitReady(): Promise<void> {
    return this.#pglite.waitReady
  }

  query<Row>(sql: string, parameters?: unknown[], options?: QueryOptions): Promise<Results<Row>> {
    return this.#alone(() => this.#pglite.query<Row>(sql, parameters, options))
  }

  /** Runs statements that cannot be in a transaction. */
  async exec(sql: string): Promise<void> {
    await this.#alone(() => this.#pglite.exec(sql))
  }

  transaction<Result>(callback: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#alone(() => this.#pglite.transaction(callback))
  }

  async close(): Promise<void> {
    await this.#last
    if (this.#death === undefined && !this.#pglite.closed) await this.#pglite.close()
  }

  #alone<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(async () => {
      if (this.#death !== undefined) throw this.#death
      try {
        return await run()
      } catch (error) {
        if (isFatal(error)) this.#death = deathBy(error)
        throw error
      }
    })
    this.#last = result.catch(() => {})
    return result
  }
}

function isFatal(error: unknown): boolean {
  if (error instanceof Error && error.name === 'RuntimeError') return true
  return error instanceof Error && 'severity' in error && (error.severity === 'PANIC' || error.severity === 'FATAL')
}

function deathBy(error: unknown): RosterError {
  const { code, message } = mapError(error)
  return new RosterError(
    code === 'internal' ? 'store-unavailable' : code,
    `the embedded database has stopped: ${message}`,
    {
      hint: 'Start again; what was answered is stored. If the disk is full, free some space first.',
      cause: error,
    },
  )
}
