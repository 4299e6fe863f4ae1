import { pathToFileURL } from 'node:url'

import { CommandError } from '../failure/command-error.ts'
import { isRosterError } from '../failure/failure-of.ts'
import type { PeopleScript, TeamModule } from './team-module.ts'

/**
 * Loads a team file. What is wrong with the team itself comes as the team's own error; anything else names the file.
 *
 * ROSTER_FOLDER names the folder of state from then on, however the command was told: what a team's tools keep beside the records must not
 * end up in another folder than the records.
 */
export async function loadTeam(file: string, folder: string): Promise<TeamModule> {
  process.env['ROSTER_FOLDER'] = folder
  const { default: team, people } = await imported(file)
  if (typeof team !== 'object' || team === null || !('playbooks' in team) || !('colleagues' in team)) {
    throw new CommandError('team-invalid', `${file} has no team as its default export`, {
      path: file,
      hint: "End it with: export default team('name', { … }).",
    })
  }
  if (people !== undefined && typeof people !== 'function') {
    throw new CommandError('team-invalid', `the export "people" of ${file} is no function`, {
      path: file,
      hint: "Export a function that answers an inbox item with 'approved', 'declined' or undefined.",
    })
  }
  return { team, people: people as PeopleScript | undefined }
}

async function imported(file: string): Promise<{ readonly default?: unknown; readonly people?: unknown }> {
  try {
    return (await import(pathToFileURL(file).href)) as { readonly default?: unknown; readonly people?: unknown }
  } catch (error) {
    if (isRosterError(error)) throw error
    throw new CommandError(
      'team-invalid',
      `${file} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      {
        path: file,
        hint: 'Run it alone to see where it fails: node <file>.',
        cause: error,
      },
    )
  }
}
