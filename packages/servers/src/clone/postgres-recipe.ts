import { existsSync } from 'node:fs'
import { chown } from 'node:fs/promises'
import { join } from 'node:path'

import { RosterError } from '@roster/core'

import {
  createData,
  dataFolder,
  postgresEnvironment,
  type PostgresPlace,
  postgresUrl,
  servePostgres,
} from '../postgres/postgres-command.ts'
import { obtainPostgres } from '../postgres/obtain-postgres.ts'
import { postgresVersion } from '../postgres/postgres-version.ts'
import { stagePrograms } from '../postgres/stage-programs.ts'
import type { ServerCommand } from '../process/supervisor-protocol.ts'
import { userForServers } from '../process/server-user.ts'
import { obtaining } from '../program/obtaining.ts'
import { runProgram } from '../program/run-program.ts'
import type { Recipe } from './clone-server.ts'

/** PostgreSQL with its own settings: what it commits is on the disk. */
export const postgresRecipe: Recipe = {
  title: 'PostgreSQL',
  variable: 'DATABASE_URL',
  stopSignal: 'SIGINT',
  hasWebPage: false,
  needsOtherUser: true,
  url: postgresUrl,
  version: postgresVersion,
  async prepare({ kept, onProgress }) {
    const programs = await obtainPostgres(obtaining(onProgress))
    const user = userForServers()
    const bin = await stagePrograms(programs, kept.folder, user)
    const place: PostgresPlace = { bin, cwd: kept.folder, env: postgresEnvironment, user }
    if (user !== undefined) await chown(kept.folder, user.uid, user.gid)
    if (!existsSync(join(dataFolder(place), 'PG_VERSION'))) {
      onProgress('Creating the database')
      await createData(toItsEnd, place, kept.password)
    }
    return { command: servePostgres(place, kept.port), origin: programs.origin, bin }
  },
}

async function toItsEnd({ program, args, cwd, env, user }: ServerCommand): Promise<void> {
  const { code, output } = await runProgram(program, args, { cwd, env, ...user })
  if (code !== 0) throw new RosterError('server-failed', `${program} failed:\n${output}`)
}
