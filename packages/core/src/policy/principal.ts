import type { Decision } from '../record/record.ts'
import { own } from '../json/own.ts'
import { parseStream } from '../stream/stream-name.ts'
import { colleagueOf, type Team } from '../team/team.ts'
import type { Principal, Question } from './question.ts'

/** Who acts on a stream, as the policy knows them. */
export function principalOf(team: Team, stream: string): Principal {
  const { kind, name } = parseStream(stream)
  const colleague = colleagueOf(team, stream)
  if (colleague !== undefined) return { kind: colleague.kind, name: colleague.name, role: colleague.role }
  if (kind === 'task') return { kind: 'task', name, role: 'playbook' }
  return kind === 'client' ? { kind, name, role: 'client' } : { kind: 'system', name, role: 'system' }
}

/** A colleague as a chain of delegation names it: `agent/clerk`. One who has left the team has no role, and so no rights. */
export function delegatorOf(team: Team, text: string): Principal {
  const [kind, name = ''] = text.split('/')
  const role = own(team.colleagues, name)?.role ?? ''
  return { kind: kind === 'person' ? 'person' : 'agent', name, role }
}

/** A question's parts as a record keeps them. */
export function asText(
  question: Pick<Question, 'principal' | 'action' | 'resource'>,
): Pick<Decision, 'principal' | 'action' | 'resource'> {
  const { principal, action, resource } = question
  return { principal: `${principal.kind}/${principal.name}`, action, resource: `${resource.kind}/${resource.name}` }
}
