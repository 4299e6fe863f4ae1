import type { Settings } from 'roster/distributed'

import { folderOf, type Call } from '../command/call.ts'
import { usageError } from '../failure/command-error.ts'
import { serversFolder } from './servers/servers-folder.ts'

/** What a command that starts members may be told. */
export interface MemberOptions {
  readonly name?: string
  readonly hosts?: string
}

/** The environment of a member: with the addresses of this clone's servers, where it names no others. */
export async function memberEnvironment(call: Call): Promise<NodeJS.ProcessEnv> {
  const { env } = call.world
  if (env['DATABASE_URL'] !== undefined && env['NATS_URL'] !== undefined) return { ...env }
  const { cloneEnvironment, cloneStatus } = await import('@roster/servers')
  return cloneEnvironment(env, await cloneStatus(serversFolder(call), env, { secrets: true }))
}

/** The settings of a member. @throws RosterError `usage` that names what is missing. */
export async function settingsFor(call: Call<MemberOptions>): Promise<Settings> {
  const { settingsOf } = await import('roster/distributed')
  const { name, hosts } = call.options
  return settingsOf(await memberEnvironment(call), {
    folder: folderOf(call.world, call.options),
    ...(name === undefined ? {} : { name }),
    ...(hosts === undefined ? {} : { hosts: countOf(hosts) }),
  })
}

/** How many hosts: 1 to 32, for there are 32 partitions. */
export function countOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= 32) return count
  throw usageError(`"${text}" is no number of hosts`, '--hosts', 'Give a whole number from 1 to 32.')
}
