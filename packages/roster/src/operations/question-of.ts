import {
  defaultLevel,
  own,
  RosterError,
  type AutonomyLevel,
  type Principal,
  type Question,
  type Team,
} from '@roster/core'

import type { CanQuery } from '../client/trust-operations.ts'

type ResourceKind = Question['resource']['kind']

/** To what each action is done. */
const objects: Readonly<Record<Question['action'], ResourceKind>> = {
  publish: 'playbook',
  send: 'colleague',
  use: 'tool',
  think: 'model',
  decide: 'approval',
  cancel: 'task',
  stop: 'colleague',
  promote: 'colleague',
  deploy: 'team',
}

/**
 * The question to the policy that somebody asks in words.
 *
 * @throws RosterError `usage` for an unknown action, `unknown-colleague`
 */
export function questionOf(team: Team, { who, action, what, given = {} }: CanQuery): Question {
  if (!Object.hasOwn(objects, action))
    throw new RosterError('usage', `there is no action "${action}"`, {
      path: 'action',
      hint: `The actions are ${Object.keys(objects).join(', ')}.`,
    })
  const act = action as Question['action']
  const principal = principalNamed(team, who)
  const resource = { kind: what === team.name ? 'team' : objects[act], name: what } as const
  const level: AutonomyLevel | '' =
    principal.kind === 'agent' ? (own(team.colleagues, principal.name)?.autonomy ?? defaultLevel) : ''
  const kind = given.kind ?? kindOf(act, what)
  const context = { ...circumstancesOf(given), ...toolFacts(team, act, what), kind, sources: [], level }
  return { principal, action: act, resource, context }
}

function toolFacts({ tools }: Team, action: Question['action'], what: string) {
  const { consequential = false, place = '' } = (action === 'use' ? own(tools, what) : undefined) ?? {}
  return { consequential, place } as const
}

function circumstancesOf({ untrusted = false, approved = false, endorsed = false }: NonNullable<CanQuery['given']>) {
  return { integrity: untrusted ? 'untrusted' : 'trusted', approved, endorsed } as const
}

/** What `context.kind` is when nothing else is said. */
function kindOf(action: Question['action'], what: string): string {
  if (action === 'publish') return what
  return action === 'decide' ? 'decision' : action
}

function principalNamed(team: Team, who: string): Principal {
  const colleague = own(team.colleagues, who)
  if (colleague !== undefined) return { kind: colleague.kind, name: who, role: colleague.role }
  if (who === 'task') return { kind: 'task', name: 'any', role: 'playbook' }
  const [kind, name = ''] = who.split('/')
  if (kind === 'client' && name !== '') return { kind, name, role: 'client' }
  throw new RosterError('unknown-colleague', `nobody called "${who}" is in the team`, {
    path: 'who',
    hint: `It has ${Object.keys(team.colleagues).join(', ')}; a client is client/<name>, a playbook's task is task.`,
  })
}
