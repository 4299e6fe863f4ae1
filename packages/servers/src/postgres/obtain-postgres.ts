import { RosterError } from '@roster/core'

import type { OnProgress } from '../program/program.ts'
import { OLDEST_POSTGRES, packagedPostgres, type PostgresPrograms, systemPostgres } from './postgres-programs.ts'

/** The programs of PostgreSQL: the machine's own if they are recent enough, else those of the npm package of this platform. */
export async function obtainPostgres(_onProgress: OnProgress): Promise<PostgresPrograms> {
  const programs = systemPostgres() ?? packagedPostgres()
  if (programs !== undefined) return programs
  const platform = `${process.platform}-${process.arch}`
  throw new RosterError('server-missing', `There is no PostgreSQL ${OLDEST_POSTGRES} or later for ${platform}.`, {
    hint: 'Install PostgreSQL (https://www.postgresql.org/download/), or set DATABASE_URL to a server.',
  })
}
