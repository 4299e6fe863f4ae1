import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from './migrations.ts'

/** Brings the schema `roster` of a database up to date. Several may call it at once: one does it, the others wait. */
export async function migrate(db: Kysely<never>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableSchema: 'roster',
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
