import type { EventStore, Position, Projection, ProjectionStore, StoredRecord } from '@roster/core'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { textArray } from '../sql-array.ts'
import type { Int8 } from '../tables.ts'
import { fold } from './fold.ts'

/** Records folded before rows and checkpoint are kept. */
const batchSize = 500

/**
 * Read models with their checkpoints.
 *
 * - P1 rows and checkpoint of a batch are kept in one transaction, and only if the checkpoint is still where the fold began
 * - P2 callers of one process wait for one another; of two processes, the later one drops its batch and goes on from the other's
 * - P3 no transaction is open while records are folded
 */
export function sqlProjectionStore(
  database: Database,
  tenant: string,
  { readAll }: Pick<EventStore, 'readAll'>,
): ProjectionStore {
  const { kysely } = database
  const turns = new Map<string, Promise<unknown>>()

  return {
    catchUp(projection) {
      const turn = (turns.get(projection.name) ?? Promise.resolve()).then(
        () => foldToEnd(projection),
        () => foldToEnd(projection),
      )
      turns.set(projection.name, turn)
      return turn
    },
    async rows(projection, prefix = '') {
      let query = kysely
        .selectFrom('projection_rows')
        .select(['key', 'value'])
        .where('tenant', '=', tenant)
        .where('projection', '=', projection)
      if (prefix !== '') query = query.where((row) => row.fn<boolean>('starts_with', ['key', row.val(prefix)]))
      if (prefix !== '') query = query.where('key', '>=', prefix)
      return query.orderBy('key').execute()
    },
    async drop(projection) {
      await database.call('drop_projection', [tenant, projection])
    },
    async lag(projection) {
      const { rows } = await sql<{ checkpoint: Int8 | null; end: Int8 | null }>`select
        (select position from roster.projection_checkpoints where tenant = ${tenant} and projection = ${projection}) as checkpoint,
        (select position from roster.counters where tenant = ${tenant}) as "end"`.execute(kysely)
      return { checkpoint: Number(rows[0]?.checkpoint ?? 0), end: Number(rows[0]?.end ?? 0) }
    },
  }

  async function foldToEnd(projection: Projection): Promise<Position> {
    let checkpoint = await open(projection)
    for (;;) {
      const batch = await readAll(checkpoint, batchSize)
      const last = batch.at(-1)
      if (last === undefined) return checkpoint
      checkpoint = (await keep(projection, checkpoint, last.position, batch)) ? last.position : await open(projection)
    }
  }

  async function open({ name, version }: Projection): Promise<Position> {
    const [row] = await database.call<{ open_projection: Int8 }>('open_projection', [tenant, name, version])
    return Number(row?.open_projection ?? 0)
  }

  async function keep(
    projection: Projection,
    from: Position,
    to: Position,
    batch: readonly StoredRecord[],
  ): Promise<boolean> {
    const { name, version } = projection
    const changed = fold(projection, batch, await load(projection, batch))
    const args = [
      tenant,
      name,
      version,
      from,
      to,
      textArray([...changed.keys()]),
      textArray([...changed.values()].map((value) => value ?? null)),
    ]
    const [row] = await database.call<{ commit_projection: boolean }>('commit_projection', args)
    return row?.commit_projection ?? false
  }

  async function load(projection: Projection, batch: readonly StoredRecord[]): Promise<ReadonlyMap<string, string>> {
    const keys = [...new Set(batch.flatMap((record) => projection.keys(record)))]
    if (keys.length === 0) return new Map()
    const { rows } = await sql<{ key: string; value: string }>`select key, value from roster.projection_rows
      where tenant = ${tenant} and projection = ${projection.name} and key = any (${keys})`.execute(kysely)
    return new Map(rows.map(({ key, value }) => [key, value]))
  }
}
