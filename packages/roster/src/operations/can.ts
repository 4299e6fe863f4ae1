import type { CedarPolicy } from '@roster/cedar'
import type { Question, Team } from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import type { CanAnswer, CanQuery, PermissionRow, Permissions } from '../client/trust-operations.ts'
import { loadPolicy } from '../embedded/load-policy.ts'
import { questionOf } from './question-of.ts'

/**
 * Whether somebody may do something, by which policies, and what it would take. Nothing runs and nothing is recorded.
 *
 * @throws RosterError `policy-invalid`, `usage`, `unknown-colleague`
 */
export async function can(team: TeamOf, query: CanQuery): Promise<CanAnswer> {
  const question = questionOf(team, query)
  const { verdict, needed } = (await loadPolicy(team)).explain(question)
  const { allowed, policies, policySet, reason } = verdict
  const { who, action, what } = query
  return { allowed, who, action, what, policies, policySet, reason, needed, alsoNeeded: alsoNeeded(team, question) }
}

/** What the core asks for whatever the policies say. */
function alsoNeeded(team: Team, { action, resource, context }: Question): readonly string[] {
  const tool = action === 'use' ? team.tools[resource.name] : undefined
  if (tool === undefined) return []
  const gate = tool.gate === undefined ? [] : ['an approval where the gate of the tool asks for one, by its arguments']
  return tool.consequential ? [...gate, ...byLevel(context), ...byLineage(context)] : gate
}

function byLevel({ level }: Question['context']): readonly string[] {
  if (level === 'observe') return ['a promotion: whoever observes uses no consequential tool']
  return level === 'propose' ? ['an approval of its exact arguments: it only proposes'] : []
}

function byLineage({ integrity, approved, endorsed }: Question['context']): readonly string[] {
  const vouchedFor = integrity === 'trusted' || approved || endorsed
  return vouchedFor ? [] : ['an approval or endorsement of its exact arguments: its lineage is not trusted']
}

/**
 * Asks a team's policies every question that the team can ask (who, action, thing), and names the grants that nothing uses. Nothing runs.
 *
 * @throws RosterError `policy-invalid`
 */
export async function permissions(team: TeamOf): Promise<Permissions> {
  const policy = await loadPolicy(team)
  const rows = questionsOf(team).map((query) => rowOf(policy, team, query))
  return { policySet: policy.digest, rows, unused: unusedGrants(team, rows) }
}

function questionsOf(team: Team): readonly CanQuery[] {
  const everybody = Object.values(team.colleagues)
  const agents = everybody.filter(({ kind }) => kind === 'agent')
  const people = everybody.filter(({ kind }) => kind === 'person')
  const models = [
    ...new Set(agents.flatMap(({ model, fallbacks = [] }) => (model === null ? [] : [model, ...fallbacks]))),
  ]
  const asked = (who: readonly string[], action: string, what: readonly string[]): CanQuery[] =>
    who.flatMap((one) => what.map((thing) => ({ who: one, action, what: thing })))
  const names = (some: readonly { readonly name: string }[]): string[] => some.map(({ name }) => name)
  return [
    ...asked(['client/anybody', ...names(people)], 'publish', Object.keys(team.playbooks)),
    ...asked(['task', ...names(agents)], 'send', names(everybody)),
    ...asked(names(agents), 'think', models),
    ...asked(names(agents), 'use', Object.keys(team.tools)),
    ...asked(names(people), 'decide', ['approval']),
    ...asked(names(people), 'stop', [...names(agents), team.name]),
    ...asked(names(people), 'promote', names(agents)),
  ]
}

/** Circumstances from the plainest to the best that evidence can make them, in words. */
const circumstances = [
  { words: 'yes', given: { untrusted: true } },
  { words: 'on trusted lineage', given: {} },
  { words: 'when endorsed', given: { untrusted: true, endorsed: true } },
  { words: 'when approved', given: { untrusted: true, approved: true } },
  { words: 'when approved and endorsed', given: { approved: true, endorsed: true } },
] as const

function rowOf(policy: CedarPolicy, team: Team, query: CanQuery): PermissionRow {
  const asked = circumstances.map(({ words, given }) => ({
    words,
    ...policy.decide(questionOf(team, { ...query, given })),
  }))
  const least = asked.filter(({ allowed }) => allowed)
  const { who, action, what } = query
  const plain = least.find(({ words }) => words === 'yes')
  const answer = plain === undefined ? least.map(({ words }) => words).join(' or ') || 'no' : 'yes'
  return { who, action, what, answer, policies: (plain ?? least[0])?.policies ?? [] }
}

/** What somebody is granted and neither their kinds of work nor their model would ever ask for. */
function unusedGrants(team: Team, rows: readonly PermissionRow[]): Permissions['unused'] {
  return rows
    .filter(({ who, action, what, answer }) => {
      const colleague = team.colleagues[who]
      if (answer === 'no' || colleague === undefined) return false
      if (action === 'use') return !colleague.tools.includes(what)
      return action === 'think' && colleague.model !== what && colleague.fallbacks?.includes(what) !== true
    })
    .map(({ who, what }) => ({ who, what }))
}
