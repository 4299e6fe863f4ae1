import { sql, type Kysely } from 'kysely'
import { appendFunction } from './append/append-function.sql.ts'
import { lockHeads } from './append/locks.sql.ts'

/** The one way in which records come into being. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`create ${appendFunction(lockHeads)}`).execute(db)
}
