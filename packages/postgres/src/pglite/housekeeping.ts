import type { PGliteGate } from './pglite-gate.ts'

/** Calls between two looks at how much there is to tidy up. */
const callsBetween = 500
/** WAL, in bytes, that a start after a crash may have to go through again: about a second. */
const mostWal = 32 * 1024 * 1024

/**
 * Checkpoints and vacuum. PGlite is PostgreSQL without its background processes: nobody else ever makes a checkpoint, so WAL and the time
 * of the next start after a crash would grow for ever, and nobody removes the dead versions of rows.
 */
export class Housekeeping {
  readonly #gate: PGliteGate
  #calls = 0
  #running: Promise<void> | undefined

  constructor(gate: PGliteGate) {
    this.#gate = gate
  }

  /** Tells of a call that wrote. */
  wrote(): void {
    this.#calls += 1
    if (this.#calls < callsBetween || this.#running !== undefined) return
    this.#calls = 0
    // A failure (a full disk) shows at the next append, which has a caller to tell.
    this.#running = this.#tidy()
      .catch(() => {})
      .finally(() => (this.#running = undefined))
  }

  async idle(): Promise<void> {
    await this.#running
  }

  async #tidy(): Promise<void> {
    const { rows } = await this.#gate.query<{ wal: number }>(
      'select (pg_current_wal_lsn() - redo_lsn)::float8 as wal from pg_control_checkpoint()',
    )
    if ((rows[0]?.wal ?? 0) < mostWal) return
    await this.#gate.exec('checkpoint')
    // One statement each: others get their turn in between.
    for (const table of [
      'pending',
      'heads',
      'counters',
      'partitions',
      'budgets',
      'budget_holds',
      'snapshots',
      'projection_rows',
    ]) {
      await this.#gate.exec(`vacuum roster.${table}`)
    }
    await this.#gate.exec('vacuum roster.projection_checkpoints')
  }
}
