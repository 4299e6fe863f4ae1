import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { pgliteStore, postgresStore } from '@roster/postgres'

import type { TeamOf } from '../author/team.ts'
import type { Exported } from '../client/operations.ts'
import { exported } from '../operations/export.ts'
import { fileCheckpoints } from './checkpoints.ts'
import type { OpenOptions } from './open-team.ts'

/**
 * Everything that is on record in a folder, without putting a team to work on it; `undefined` when nothing was ever recorded there.
 *
 * @throws RosterError `store-locked` when another process holds the folder: ask that one.
 */
export async function readHistory(
  team: TeamOf,
  { folder = '.roster', tenant = team.name, databaseUrl = process.env['DATABASE_URL'] }: OpenOptions = {},
): Promise<Exported | undefined> {
  const dataDir = join(resolve(folder), 'store')
  if (databaseUrl === undefined && !existsSync(dataDir)) return undefined
  await using store =
    databaseUrl === undefined
      ? await pgliteStore({ dataDir, tenant })
      : await postgresStore({ connectionString: databaseUrl, tenant })
  return await exported({ store, team, checkpoints: fileCheckpoints(join(resolve(folder), 'checkpoints.jsonl')) })
}
