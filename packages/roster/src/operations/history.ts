import type { Head, Store, StoredRecord } from '@roster/core'

/** All records, and where all streams end, at one and the same moment. */
export interface History {
  readonly records: readonly StoredRecord[]
  readonly heads: readonly Head[]
}

/** Times that the ends of the streams are read again because records came in between. */
const maxTries = 20

/**
 * Everything in a store that others write to meanwhile: the ends of all streams at a position, and the records. Records that were
 * appended since are left out; a record beyond the last position that the store has given out is not: it was put there by somebody else.
 */
export async function wholeHistory(store: Store): Promise<History> {
  const { position, heads } = await settledHeads(store)
  const all = await everything(store)
  const end = await endOf(store)
  return { heads, records: all.filter((record) => record.position <= position || record.position > end) }
}

/** Where all streams ended at a position. */
interface SettledHeads {
  readonly position: number
  readonly heads: readonly Head[]
  /** False when records kept coming: then some ends may be later ones. */
  readonly settled: boolean
}

/** The ends of all streams, and the position at which they were that. */
export async function settledHeads(store: Store): Promise<SettledHeads> {
  for (let tries = 1; ; tries++) {
    const position = await endOf(store)
    const heads = await store.heads()
    const settled = (await endOf(store)) === position
    if (settled || tries === maxTries) return { position, heads, settled }
  }
}

/** All records, in order of position. */
async function everything(store: Store): Promise<readonly StoredRecord[]> {
  const all: StoredRecord[] = []
  for (let after = 0; ;) {
    const page = await store.readAll(after, 1000)
    all.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < 1000) return all
    after = last.position
  }
}

/** The last position that the store has given out. */
async function endOf(store: Store): Promise<number> {
  return (await store.lag('tasks')).end
}
