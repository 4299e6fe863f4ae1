import { candidates, own, RosterError, skillOf, type Definition, type Skill, type Team } from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import { permissions } from './can.ts'

/** What depends on something, and whose it is. */
export interface Impact {
  readonly what: string
  readonly kind: 'tool' | 'colleague' | 'instructions' | 'policy'
  /** Its owner; empty for a policy, which is the team's. */
  readonly owner: string
  readonly dependents: readonly Dependent[]
  /** Everybody who owns something that depends on it, beside its own owner. */
  readonly owners: readonly string[]
}

/** One thing that depends on another. */
export interface Dependent {
  readonly kind: 'colleague' | 'work' | 'playbook' | 'permission'
  readonly name: string
  readonly owner: string
  /** In words: how it depends on it. */
  readonly how: string
}

/**
 * What depends on a tool, a colleague, the instructions of a kind of work or a policy: what would notice if it changed. Nothing runs.
 *
 * @param what a name of the team, `clerk/read-notes` for the instructions of a kind of work, or the id of a policy
 * @throws RosterError `usage` when the team has nothing of that name, `policy-invalid`
 */
export async function impactOf(team: TeamOf, what: string): Promise<Impact> {
  const tool = own(team.tools, what)
  if (tool !== undefined) return impact({ what, kind: 'tool', owner: tool.owner }, dependentsOfTool(team, what))
  const colleague = own(team.colleagues, what)
  if (colleague !== undefined)
    return impact({ what, kind: 'colleague', owner: colleague.owner }, askersOf(team, what, undefined))
  const [name = '', work = ''] = what.split('/')
  const doer = own(team.colleagues, name)
  if (doer !== undefined && own(doer.accepts, work) !== undefined)
    return impact({ what, kind: 'instructions', owner: doer.owner }, askersOf(team, name, work))
  const { rows } = await permissions(team)
  const determined = rows.filter(({ policies }) => policies.includes(what))
  if (determined.length === 0)
    throw new RosterError(
      'usage',
      `the team has no tool, no colleague and no policy "${what}" that determines anything`,
      {
        path: what,
        hint: '`roster check` prints what it has.',
      },
    )
  const dependents = determined.map(({ who, action, what: thing, answer }): Dependent => ({
    kind: 'permission',
    name: `${who} ${action} ${thing}`,
    owner: own(team.colleagues, who)?.owner ?? '',
    how: answer,
  }))
  return impact({ what, kind: 'policy', owner: '' }, dependents)
}

function impact(subject: Pick<Impact, 'what' | 'kind' | 'owner'>, dependents: readonly Dependent[]): Impact {
  const owners = [...new Set(dependents.map(({ owner }) => owner))].filter(
    (owner) => owner !== '' && owner !== subject.owner,
  )
  return { ...subject, dependents, owners: owners.toSorted() }
}

/** Who may ask for a tool, in which work its machine does, and who asks for that work. */
function dependentsOfTool(team: Team, tool: string): readonly Dependent[] {
  const users = Object.values(team.colleagues).filter(({ tools }) => tools.includes(tool))
  const dependents = users.flatMap(({ name, owner, accepts }): Dependent[] => {
    const works = Object.entries(accepts).filter(
      ([, { definition, instructions }]) => instructions !== '' || usesOf(definition).includes(tool),
    )
    return [
      { kind: 'colleague', name, owner, how: `has it among its tools` },
      ...works.map(([work, { definition }]): Dependent => {
        const how = usesOf(definition).includes(tool) ? 'its machine uses it' : 'its model may ask for it'
        return { kind: 'work', name: `${name}/${work}`, owner, how }
      }),
      ...works.flatMap(([work]) => askersOf(team, name, work)),
    ]
  })
  const approving = Object.values(team.playbooks)
    .filter(({ definition }) => skillsOf(definition).some((skill) => skill.kind === 'approve' && skill.tool === tool))
    .map(({ name, owner }): Dependent => ({ kind: 'playbook', name, owner, how: 'asks a person to approve its use' }))
  return unique([...dependents, ...approving])
}

/** The playbooks and kinds of work that ask a colleague for something, or for this. */
function askersOf(team: Team, colleague: string, work: string | undefined): readonly Dependent[] {
  const asks = (definition: Definition): string[] =>
    skillsOf(definition).flatMap((skill) => {
      const to =
        skill.kind === 'ask' || skill.kind === 'approve' || skill.kind === 'tell' ? candidates(team, skill.to) : []
      if (!to.includes(colleague)) return []
      const what = skill.kind === 'ask' ? skill.work : skill.kind
      return work === undefined || what === work ? [what] : []
    })
  const playbooks = Object.values(team.playbooks).flatMap(({ name, owner, definition }): Dependent[] =>
    asks(definition).map((what) => ({ kind: 'playbook', name, owner, how: `asks ${colleague} for ${what}` })),
  )
  const works = Object.values(team.colleagues).flatMap(({ name, owner, accepts }) =>
    Object.entries(accepts).flatMap(([kind, { definition }]): Dependent[] =>
      asks(definition).map((what) => ({
        kind: 'work',
        name: `${name}/${kind}`,
        owner,
        how: `asks ${colleague} for ${what}`,
      })),
    ),
  )
  return unique([...playbooks, ...works])
}

function usesOf(definition: Definition): readonly string[] {
  return skillsOf(definition).flatMap((skill) => (skill.kind === 'use' && skill.tool !== undefined ? [skill.tool] : []))
}

function skillsOf({ machine }: Definition): readonly Skill[] {
  const { actors } = machine.implementations as { readonly actors: Readonly<Record<string, unknown>> }
  return Object.values(actors).flatMap((logic) => skillOf(logic) ?? [])
}

function unique(all: readonly Dependent[]): readonly Dependent[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}
