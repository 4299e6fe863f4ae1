import type { ZodType } from 'zod'
import type { LedgerStorage } from '../payments/ledger.ts'

/** What was entered under a key. */
export interface Entered<Entry> {
  readonly key: string
  readonly entry: Entry
}

/** An append-only book of what is not a payment, one JSON object a line. */
export interface Book<Entry> {
  /** Enters it once: the same key again, and an entry that `same` says is the same, get the first one. */
  enter(key: string, entry: Entry): Promise<{ readonly kind: 'entered' | 'known'; readonly first: Entered<Entry> }>
  entries(): Promise<readonly Entered<Entry>[]>
}

/** Opens a book. Like the ledger's, its calls are taken one at a time, and a torn last line was never answered. */
export function openBook<Entry>(
  storage: LedgerStorage,
  schema: ZodType<Entry>,
  same: (one: Entry, other: Entry) => boolean = () => false,
): Book<Entry> {
  let last: Promise<unknown> = Promise.resolve()
  const oneAtATime = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task)
    last = result.catch(() => undefined)
    return result
  }
  const read = async (): Promise<Entered<Entry>[]> => {
    const text = await storage.read()
    const end = text.lastIndexOf('\n') + 1
    if (end < text.length) await storage.keep(text, end)
    const lines = text.slice(0, end).split('\n').slice(0, -1)
    return lines.map((line) => {
      const { key, entry } = JSON.parse(line) as { key: string; entry: unknown }
      return { key, entry: schema.parse(entry) }
    })
  }
  const enter: Book<Entry>['enter'] = async (key, given) => {
    const entry = schema.parse(given)
    const known = await read()
    const byKey = known.find((each) => each.key === key)
    if (byKey !== undefined) return { kind: 'entered', first: byKey }
    const alike = known.find((each) => same(each.entry, entry))
    if (alike !== undefined) return { kind: 'known', first: alike }
    await storage.append(`${JSON.stringify({ key, entry })}\n`)
    return { kind: 'entered', first: { key, entry } }
  }
  return { enter: (key, entry) => oneAtATime(() => enter(key, entry)), entries: () => oneAtATime(read) }
}
