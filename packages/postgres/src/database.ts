import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** What the store needs of a database: selects through Kysely, and calls of the functions that write. */
export interface Database {
  readonly kysely: Kysely<Tables>
  /** Calls of `append` in flight at most: more than one where connections are several. */
  readonly appendsInFlight: number
  /** Calls a function of the schema `roster`, in a transaction of its own; answers its rows. */
  call<Row extends object>(name: string, args: readonly unknown[]): Promise<readonly Row[]>
  close(): Promise<void>
}

const statements = new Map<string, string>()

/** The text that calls a function with so many arguments; the same string each time, as drivers prepare by text. */
export function callText(name: string, count: number): string {
  let text = statements.get(name)
  if (text === undefined) {
    text = `select * from roster.${name}(${Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ')})`
    statements.set(name, text)
  }
  return text
}
