import type { Actor } from '../actor/actor.ts'
import type { Message } from '../message/message.ts'
import type { Policy } from '../port/policy.ts'
import type { Decision } from '../record/record.ts'
import { parseStream } from '../stream/stream-name.ts'
import { colleagueOf, type Team } from '../team/team.ts'
import { asText, principalOf } from './authorise-effect.ts'
import { provenanceOf } from './provenance.ts'
import type { Principal, Question } from './question.ts'

/**
 * Asks the policy whether a message may be taken by its recipient; `null` for what carries on an exchange that was allowed already. Who
 * may carry one on is no matter of policy: a reply, a `job.start` or a `job.ended` from anybody else is denied.
 */
export function authoriseMessage(actor: Actor, message: Message, team: Team, policy: Policy): Decision | null {
  const provenance = provenanceOf(actor, message)
  if (provenance.kind === 'carries-on') return null
  const question = questionOf(actor, message, team)
  if (provenance.kind === 'asks') return { ...policy.decide(question), ...asText(question) }
  return { allowed: false, policies: [], policySet: policy.digest, reason: provenance.reason, ...asText(question) }
}

function questionOf(actor: Actor, message: Message, team: Team): Question {
  const { type, kind = type, label } = message
  const context = { integrity: label.integrity, approved: false, endorsed: false, consequential: false, kind }
  return { principal: senderOf(team, message), ...actOf(actor, message, team), context }
}

function actOf(
  actor: Actor,
  { type, kind = '', correlationId }: Message,
  team: Team,
): Pick<Question, 'action' | 'resource'> {
  switch (type) {
    case 'task':
      return { action: 'publish', resource: { kind: 'playbook', name: kind } }
    case 'decision':
      return { action: 'decide', resource: { kind: 'approval', name: actor.state?.origin?.kind ?? 'approval' } }
    case 'cancel':
      return { action: 'cancel', resource: { kind: 'task', name: correlationId } }
    default: {
      const name = colleagueOf(team, actor.stream)?.name ?? parseStream(actor.stream).name
      return { action: 'send', resource: { kind: 'colleague', name } }
    }
  }
}

/** A person who decides or cancels is a client whose verified name is on the roster. */
function senderOf(team: Team, message: Message): Principal {
  const principal = principalOf(team, message.sender)
  const person = principal.kind === 'client' ? team.colleagues[principal.name] : undefined
  return person?.kind === 'person' ? { kind: 'person', name: person.name, role: person.role } : principal
}
