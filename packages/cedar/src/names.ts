import type { EntityType } from './entity-type.ts'
import type { TeamShape } from './team-shape.ts'

/** The names of one team by entity type. A type that is not a key is open: any name can occur. */
export type Names = ReadonlyMap<EntityType, ReadonlySet<string>>

export function namesOf(team: TeamShape): Names {
  const colleagues = (kind?: 'agent' | 'person'): Set<string> =>
    new Set(team.colleagues.filter((one) => kind === undefined || one.kind === kind).map((one) => one.name))
  const names = new Map<EntityType, ReadonlySet<string>>([
    ['Agent', colleagues('agent')],
    ['Person', colleagues('person')],
    ['Colleague', colleagues()],
    ['Tool', new Set(team.tools)],
    ['Playbook', new Set(team.playbooks)],
    ['Model', new Set(team.models)],
    ['Team', new Set([team.name])],
  ])
  if (team.clients !== undefined) names.set('Client', new Set(team.clients.map((one) => one.name)))
  return names
}
