import type { TeamShape } from './team-shape.ts'

/** Role by `kind/name` of everybody whose role the team fixes. */
export type Roles = ReadonlyMap<string, string>

export function rolesOf(team: TeamShape): Roles {
  return new Map([
    ...team.colleagues.map((one) => [`${one.kind}/${one.name}`, one.role] as const),
    ...(team.clients ?? []).map((one) => [`client/${one.name}`, one.role] as const),
  ])
}

/** The role of a colleague as the recipient of a message, when only the name is known; a colleague's name is unique in its team. */
export function roleOfColleague(roles: Roles, name: string): string {
  return roles.get(`agent/${name}`) ?? roles.get(`person/${name}`) ?? ''
}
