import type { Actor } from '../actor/actor.ts'
import type { Message } from '../message/message.ts'
import type { Policy } from '../port/policy.ts'
import type { Decision } from '../record/record.ts'
import { parseStream } from '../stream/stream-name.ts'
import { colleagueOf, type Team } from '../team/team.ts'
import { asText, principalOf } from './authorise-effect.ts'
import type { Question } from './question.ts'

/** Messages that only carry on what was allowed when it was asked for. */
const unasked: ReadonlySet<string> = new Set(['reply', 'job.start', 'job.ended', 'hired'])

/** Asks the policy whether a message may be taken by its recipient; `null` for what carries on an exchange that was allowed already. */
export function authoriseMessage(actor: Actor, message: Message, team: Team, policy: Policy): Decision | null {
  if (unasked.has(message.type)) return null
  const question = questionOf(actor, message, team)
  return { ...policy.decide(question), ...asText(question) }
}

function questionOf(actor: Actor, message: Message, team: Team): Question {
  const principal = senderOf(team, message)
  const context = {
    integrity: message.label.integrity,
    approved: false,
    endorsed: false,
    consequential: false,
    kind: message.kind ?? message.type,
  }
  if (message.type === 'task')
    return { principal, action: 'publish', resource: { kind: 'playbook', name: message.kind ?? '' }, context }
  if (message.type === 'decision')
    return {
      principal,
      action: 'decide',
      resource: { kind: 'approval', name: actor.state?.origin?.kind ?? 'approval' },
      context,
    }
  if (message.type === 'cancel')
    return { principal, action: 'cancel', resource: { kind: 'task', name: message.correlationId }, context }
  const { name } = parseStream(actor.stream)
  return {
    principal,
    action: 'send',
    resource: { kind: 'colleague', name: colleagueOf(team, actor.stream)?.name ?? name },
    context,
  }
}

/** A person who decides or cancels is a client whose verified name is on the roster. */
function senderOf(team: Team, message: Message) {
  const principal = principalOf(team, message.sender)
  const person = principal.kind === 'client' ? team.colleagues[principal.name] : undefined
  return person?.kind === 'person' ? { kind: 'person' as const, name: person.name, role: person.role } : principal
}
