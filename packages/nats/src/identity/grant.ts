import { colleagueStream, RosterError, type Policy, type Team } from '@roster/core'

import { token } from '../subject.ts'
import { reachOf } from './reach.ts'
import type { Role } from './role.ts'

/** What a credential says of its holder: the role, the name, and the values that the role's template leaves open, as `key:value`. */
export interface Grant {
  readonly role: Role
  /** One token of a subject. */
  readonly name: string
  readonly tags: readonly string[]
}

/** What a colleague is granted: its own name, and those to whom the team's policies let it speak or whom they let speak to it, itself among them. */
export function colleagueGrant(team: Team, name: string, policy: Policy): Grant {
  const own = colleagueStream(team, name)
  const streams = [name, ...reachOf(team, name, policy)].map((other) => ({
    kind: team.colleagues[other]?.kind ?? 'agent',
    stream: colleagueStream(team, other),
  }))
  return {
    role: 'colleague',
    name: token(own),
    tags: [
      `team:${team.name}`,
      `kind:${team.colleagues[name]?.kind ?? 'agent'}`,
      ...streams.map(({ kind, stream }) => `${kind}:${token(stream)}`),
    ],
  }
}

/** What somebody outside may do. */
export interface ClientScopes {
  readonly team: string
  /** Playbooks of which it may publish tasks; `*` for all. */
  readonly publish: readonly string[]
  /** Whether it hears what is told of records. @defaultValue false */
  readonly records?: boolean
}

/** What a client is granted: to publish tasks of these playbooks under its name, and to hear the answers. */
export function clientGrant(name: string, { team, publish, records = false }: ClientScopes): Grant {
  for (const playbook of publish) {
    if (playbook === '*' || /^[a-z][a-z0-9-]*$/.test(playbook)) continue
    throw new RosterError('usage', `"${playbook}" is no name of a playbook`, {
      path: 'publish',
      hint: 'Name playbooks of the team, as in publish:pay-invoice, or publish:* for all.',
    })
  }
  return {
    role: 'client',
    name: token(name),
    tags: [
      `team:${team}`,
      ...publish.map((playbook) => `publish:${playbook}`),
      ...(records ? [`records:${team}`] : []),
    ],
  }
}

/** What a part of Roster is granted: what its role may do, and nothing that depends on a team. */
export function partGrant(role: 'host' | 'coordinator' | 'administrator', name: string): Grant {
  return { role, name: token(name), tags: [] }
}

/** Where the holder hears replies: its own prefix, so that nobody reads anybody else's. */
export function replyPrefix({ role, name }: Pick<Grant, 'role' | 'name'>): string {
  return role === 'colleague' ? `_INBOX.${name}` : `_INBOX.@${role}.${name}`
}
