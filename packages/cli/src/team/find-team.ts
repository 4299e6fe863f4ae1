import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'

import { CommandError, usageError } from '../failure/command-error.ts'

/** Where a team is looked for when nobody names it; the last one is the example of this repository. */
const teamPlaces = ['team.ts', 'src/team.ts', 'docs/examples/accounts-payable/src/team.ts'] as const

export interface TeamQuery {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The value of --team. */
  readonly named: string | undefined
}

/** The path of the team file: --team, else ROSTER_TEAM, else the first of {@link teamPlaces}. */
export function findTeam({ cwd, env, named = env['ROSTER_TEAM'] }: TeamQuery): string {
  if (named !== undefined && named !== '') {
    const file = resolve(cwd, named)
    if (isFile(file)) return file
    throw usageError(
      `there is no team file ${named}`,
      '--team',
      'Give the path of a file whose default export is a team.',
    )
  }
  const found = teamPlaces.map((place) => resolve(cwd, place)).find(isFile)
  if (found !== undefined) return found
  throw new CommandError('team-not-found', 'no team is in this folder', {
    path: cwd,
    hint: 'Name its file with --team or ROSTER_TEAM, or make one: roster init my-team.',
  })
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}
