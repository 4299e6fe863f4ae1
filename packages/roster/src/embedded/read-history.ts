import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import type { TeamOf } from '../author/team.ts'
import type { Exported } from '../client/operations.ts'
import { exported } from '../operations/export.ts'
import { checkpointsFile, evidenceFolder } from './evidence-folder.ts'
import { fileCheckpoints } from './checkpoints.ts'
import { commitsFolder, readCommits } from './commits.ts'
import { openStore, storeFolder } from './open-store.ts'
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
  const path = resolve(folder)
  if (databaseUrl === undefined && !existsSync(storeFolder(path))) return undefined
  await using store = await openStore({ folder: path, tenant, databaseUrl, hosting: false })
  const evidence = evidenceFolder(path, databaseUrl)
  const checkpoints = fileCheckpoints(checkpointsFile(evidence))
  const commits = { all: () => readCommits(commitsFolder(evidence)) }
  return await exported({ store, team, checkpoints, commits })
}
