import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { failureOf, RosterError } from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import { runMember } from './run-member.ts'
import { settingsOf } from './settings.ts'

/**
 * Runs a host or a coordinator as a process of its own: everything from the environment (`ROSTER_TEAM` is the path of the team's file), a
 * line of JSON on standard output for what happens, drained at SIGTERM or SIGINT. Answers the exit code: 0 once it is drained, 1 once it has
 * halted or could not start. Asked to stop twice, it ends at once.
 */
export async function runService(role: 'host' | 'coordinator', own: NodeJS.Process): Promise<number> {
  const { env, stdout } = own
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    own.on(signal, () => {
      if (stopping.signal.aborted) own.exit(130)
      stopping.abort()
    })
  }
  const line = (value: Readonly<Record<string, unknown>>): void => void stdout.write(`${JSON.stringify(value)}\n`)
  try {
    const settings = settingsOf(env)
    // What the team's tools keep stands beside the rest.
    env['ROSTER_FOLDER'] = settings.folder
    const team = await loadTeam(env['ROSTER_TEAM'])
    const ended = await runMember(role, { team, settings }, { signal: stopping.signal, line })
    return ended === 'drained' ? 0 : 1
  } catch (error) {
    line({ type: 'failed', role, failure: failureOf(error) })
    return 1
  }
}

async function loadTeam(file: string | undefined): Promise<TeamOf> {
  if (file === undefined || file === '')
    throw new RosterError('usage', 'ROSTER_TEAM is not set', {
      path: 'ROSTER_TEAM',
      hint: 'Set it to the path of the file whose default export is the team.',
    })
  const { default: team } = (await import(pathToFileURL(resolve(file)).href)) as { readonly default?: TeamOf }
  if (team?.playbooks === undefined)
    throw new RosterError('usage', `${file} has no team as its default export`, {
      path: 'ROSTER_TEAM',
      hint: "End it with: export default team('name', { … }).",
    })
  return team
}
