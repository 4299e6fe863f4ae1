import {
  RosterError,
  type Position,
  type Projection,
  type ProjectionStore,
  type StoredRecord,
  type View,
} from '@roster/core'
import { byName } from './by-name.ts'
import type { MemoryLog } from './memory-log.ts'

/** Records folded before rows and checkpoint are kept. */
const batchSize = 500

interface ReadModel {
  readonly version: number
  readonly checkpoint: Position
  readonly rows: ReadonlyMap<string, string>
}

/**
 * Read models with their checkpoints.
 *
 * - P1 rows and checkpoint of a batch are kept together: a fold that throws leaves both as they were
 * - P2 a fold touches only the keys that it named for the record
 */
export function memoryProjections(log: MemoryLog): ProjectionStore {
  const models = new Map<string, ReadModel>()

  return {
    async catchUp(projection) {
      let model = current(projection)
      for (
        let batch = log.after(model.checkpoint, batchSize);
        batch.length > 0;
        batch = log.after(model.checkpoint, batchSize)
      ) {
        model = fold(projection, model, batch)
        models.set(projection.name, model)
      }
      models.set(projection.name, model)
      return model.checkpoint
    },
    async rows(projection, prefix = '') {
      const found = [...(models.get(projection)?.rows ?? [])].filter(([key]) => key.startsWith(prefix))
      return found.toSorted(([one], [other]) => byName(one, other)).map(([key, value]) => ({ key, value }))
    },
    async drop(projection) {
      models.delete(projection)
    },
    lag: async (projection) => ({ checkpoint: models.get(projection)?.checkpoint ?? 0, end: log.end }),
  }

  /** The read model as it stands; an empty one when the logic has changed. */
  function current({ name, version }: Projection): ReadModel {
    const model = models.get(name)
    return model?.version === version ? model : { version, checkpoint: 0, rows: new Map() }
  }
}

function fold(projection: Projection, model: ReadModel, batch: readonly StoredRecord[]): ReadModel {
  const rows = new Map(model.rows)
  for (const record of batch) projection.apply(record, viewOf(projection, record, rows))
  return { version: projection.version, checkpoint: batch.at(-1)?.position ?? model.checkpoint, rows }
}

function viewOf(projection: Projection, record: StoredRecord, rows: Map<string, string>): View {
  const keys = new Set(projection.keys(record))
  const named = (key: string): string => {
    if (keys.has(key)) return key
    throw new RosterError(
      'internal',
      `the projection ${projection.name} touches the key ${key}, which its keys() does not name`,
      {
        path: key,
        hint: 'Name every key that apply() reads or changes: only those are loaded.',
      },
    )
  }
  return {
    get: (key) => rows.get(named(key)),
    put: (key, value) => void rows.set(named(key), value),
    delete: (key) => void rows.delete(named(key)),
  }
}
