import type { Row } from './verify-records.ts'

/** A public key that the roster recorded as somebody's, from a position to another. */
export interface RecordedKey {
  readonly key: string
  readonly from: number
  /** The position of the deployment that replaced it; `Infinity` while it counts. */
  readonly until: number
}

/** Whose keys were whose, as the deployments on record say: by name, in order. */
export type RecordedKeys = ReadonlyMap<string, readonly RecordedKey[]>

interface DeployedBody {
  readonly payload?: { readonly message?: { readonly payload?: { readonly keys?: Readonly<Record<string, unknown>> } } }
}

/** Reads the history of keys from the deployments among rows in order of position. */
export function recordedKeys(rows: readonly Row[]): RecordedKeys {
  const history = new Map<string, RecordedKey[]>()
  for (const row of rows) {
    for (const [name, key] of Object.entries(keysOf(row))) {
      const known = history.get(name) ?? []
      const last = known.at(-1)
      if (typeof key !== 'string' || last?.key === key) continue
      const ended = last === undefined ? [] : [...known.slice(0, -1), { ...last, until: row.position }]
      history.set(name, [...ended, { key, from: row.position, until: Infinity }])
    }
  }
  return history
}

function keysOf({ envelope, body }: Row): Readonly<Record<string, unknown>> {
  if (body === null || !envelope.includes('"kind":"deployed"')) return {}
  try {
    const { kind } = JSON.parse(envelope) as { readonly kind?: unknown }
    return kind === 'deployed' ? ((JSON.parse(body) as DeployedBody).payload?.message?.payload?.keys ?? {}) : {}
  } catch {
    return {}
  }
}
