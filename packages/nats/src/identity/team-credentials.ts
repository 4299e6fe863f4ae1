import { join } from 'node:path'

import { RosterError, type Clock, type Policy, type Team } from '@roster/core'

import type { Principal } from '../credentials.ts'
import { Authority } from './authority.ts'
import { BusCredentials } from './bus-credentials.ts'
import { colleagueGrant, partGrant, type Grant } from './grant.ts'
import { identityFolder } from './identity-folder.ts'
import { folderHolderKeys, type HolderKeys } from './holder-keys.ts'
import type { CredentialObservation } from './renewal.ts'

/** Where the keys of a team are, and which servers they are for. */
export interface TeamCredentialsOptions {
  readonly team: Team
  readonly policy: Policy
  /** The team's folder of state; the keys are in its `identity`. */
  readonly folder: string
  readonly servers: readonly string[]
  readonly clock: Clock
  readonly env?: Readonly<Record<string, string | undefined>>
  /** @defaultValue 3600 */
  readonly lifeSeconds?: number
  readonly observe?: (observation: CredentialObservation) => void
}

/** Where a team's keys for the bus are, in its folder of state. */
function identityPath(folder: string): string {
  return join(folder, 'identity')
}

/** The keys of those who connect: colleagues, hosts, clients. */
export function holderKeys(folder: string): HolderKeys {
  return folderHolderKeys(join(identityPath(folder), 'holders'))
}

/** Whether there are keys for the bus in a team's folder of state. */
export async function hasKeys(folder: string): Promise<boolean> {
  return await identityFolder(identityPath(folder)).exists()
}

/** The authority whose keys are in a team's folder. */
export function authorityOf(
  folder: string,
  clock: Clock,
  env: Readonly<Record<string, string | undefined>> = {},
): Authority {
  return new Authority({ folder: identityPath(folder), clock, env })
}

/**
 * The credentials of a process that works for a team and holds its signing keys: each colleague under its own name and no other, with the
 * reach that the team's policies give it. Disposing of it ends the renewal.
 *
 * @throws RosterError `identity-missing` when there are no keys in the folder.
 */
export async function teamCredentials(options: TeamCredentialsOptions): Promise<BusCredentials> {
  const { team, policy, folder, servers, clock, env, lifeSeconds, observe } = options
  const issuer = authorityOf(folder, clock, env)
  await issuer.home.read()
  return new BusCredentials({
    servers,
    issuer,
    clock,
    keys: holderKeys(folder),
    grantOf: (principal) => grantOf(team, policy, principal),
    ...(lifeSeconds === undefined ? {} : { lifeSeconds }),
    ...(observe === undefined ? {} : { observe }),
  })
}

function grantOf(team: Team, policy: Policy, principal: Principal): Grant {
  if (principal.role === 'client') throw refused(`client ${principal.name}`, 'Clients bring their own.')
  if (principal.role !== 'colleague') return partGrant(principal.role, principal.name)
  const { name } = principal
  if (principal.team !== team.name || team.colleagues[name] === undefined)
    throw refused(`${principal.team}/${name}`, `The team ${team.name} has: ${Object.keys(team.colleagues).join(', ')}.`)
  return colleagueGrant(team, name, policy)
}

function refused(who: string, hint: string): RosterError {
  return new RosterError('denied', `there is no credential for ${who} here`, { path: who, hint })
}
