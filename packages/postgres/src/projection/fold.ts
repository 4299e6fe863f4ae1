import { RosterError, type Projection, type StoredRecord, type View } from '@roster/core'

/** Folds records over rows that were loaded for their keys; answers what changed, `undefined` for a row to delete. */
export function fold(
  projection: Projection,
  records: readonly StoredRecord[],
  loaded: ReadonlyMap<string, string>,
): ReadonlyMap<string, string | undefined> {
  const changed = new Map<string, string | undefined>()
  for (const record of records) projection.apply(record, viewOf(projection, record, loaded, changed))
  return changed
}

function viewOf(
  projection: Projection,
  record: StoredRecord,
  loaded: ReadonlyMap<string, string>,
  changed: Map<string, string | undefined>,
): View {
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
    get: (key) => (changed.has(named(key)) ? changed.get(key) : loaded.get(key)),
    put: (key, value) => void changed.set(named(key), value),
    delete: (key) => void changed.set(named(key), undefined),
  }
}
