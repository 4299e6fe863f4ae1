import { colleagueStream, own, pictureOf, type Picture, type PictureState, type Team } from '@roster/core'

/**
 * The picture of a playbook by its name, or of a colleague: when it takes work, and how it does each kind of it.
 *
 * @throws RosterError `unknown-colleague` when the team has neither
 */
export function pictureOfMember(team: Team, name: string): Picture {
  const playbook = own(team.playbooks, name)
  if (playbook !== undefined) return pictureOf(playbook.definition.machine, `${playbook.name}@${playbook.version}`)
  const { duty, accepts, version } = own(team.colleagues, name) ?? unknown(team, name)
  const parts = [
    ['takes work', pictureOf(duty.machine)] as const,
    ...Object.entries(accepts).map(([kind, { definition }]) => [kind, pictureOf(definition.machine)] as const),
  ]
  return {
    name: `${name}@${version}`,
    initial: null,
    states: parts.map(([part, picture]) => group(part, picture)),
    edges: parts.flatMap(([part, { edges }]) =>
      edges.map((edge) => ({ ...edge, from: idIn(part, edge.from), to: idIn(part, edge.to) })),
    ),
  }
}

function group(part: string, { states, initial }: Picture): PictureState {
  const first = initial === null ? null : idIn(part, initial)
  return {
    id: part,
    name: part,
    kind: 'group',
    does: [],
    who: 'nobody',
    states: states.map(inside(part)),
    initial: first,
  }
}

function inside(part: string): (state: PictureState) => PictureState {
  return (state) => ({
    ...state,
    id: idIn(part, state.id),
    initial: state.initial === null ? null : idIn(part, state.initial),
    states: state.states.map(inside(part)),
  })
}

function idIn(part: string, id: string): string {
  return `${part}.${id}`
}

function unknown(team: Team, name: string): never {
  colleagueStream(team, name)
  throw new TypeError(`${name} is a colleague`)
}
