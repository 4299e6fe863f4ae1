import type { Actor } from '../actor/actor.ts'
import { isNote } from '../autonomy/note.ts'
import { mayRead } from '../message/label.ts'
import type { Message } from '../message/message.ts'
import type { Policy } from '../port/policy.ts'
import type { Decision } from '../record/record.ts'
import { isScheduleType } from '../schedule/schedule.ts'
import { parseStream } from '../stream/stream-name.ts'
import { colleagueOf, type Team } from '../team/team.ts'
import { asText, principalOf } from './principal.ts'
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
  if (provenance.kind === 'asks')
    return barred(actor, message, team, policy) ?? { ...policy.decide(question), ...asText(question) }
  return { allowed: false, policies: [], policySet: policy.digest, reason: provenance.reason, ...asText(question) }
}

/** Work whose content may not go to its recipient, or that was handed on too often, is denied, whatever the policies say. */
// oxlint-disable-next-line max-params -- who is asked for what, in which team, by which policies
function barred(actor: Actor, message: Message, team: Team, policy: Policy): Decision | undefined {
  const reason = tooDeep(message) ?? unreadable(actor, message, team)
  if (reason === undefined) return undefined
  return { allowed: false, policies: [], policySet: policy.digest, reason, ...asText(questionOf(actor, message, team)) }
}

/** How many colleagues may ask each other on one another's behalf. */
const maxDepth = 8

function tooDeep({ type, onBehalfOf = [] }: Message): string | undefined {
  if (type !== 'work' || onBehalfOf.length <= maxDepth) return undefined
  return `${onBehalfOf.length} colleagues ask on one another's behalf; at most ${maxDepth} may`
}

function unreadable(actor: Actor, message: Message, team: Team): string | undefined {
  const reader = message.type === 'work' ? colleagueOf(team, actor.stream) : undefined
  if (reader === undefined || mayRead(message.label, reader)) return undefined
  const { readers = [] } = message.label
  return `${reader.name} is none of the readers of what it is given: ${readers.join(', ') || 'nobody'}`
}

function questionOf(actor: Actor, message: Message, team: Team): Question {
  const { label } = message
  const evidence = { approved: false, endorsed: false, consequential: false }
  const { integrity, sources } = label
  const context = { integrity, sources, ...evidence, kind: kindOf(message), level: '' as const }
  return { principal: senderOf(team, message), ...actOf(actor, message, team), context }
}

/** Of a note, what it does; of anything else, its kind. */
function kindOf({ type, kind = type, payload }: Message): string {
  if (type === 'terms.level') return String((payload as { level?: unknown } | null)?.level)
  return isNote(type) ? (type.split('.')[1] ?? type) : kind
}

function actOf(
  actor: Actor,
  { type, kind = '', correlationId, payload }: Message,
  team: Team,
): Pick<Question, 'action' | 'resource'> {
  switch (type) {
    case 'task':
      return { action: 'publish', resource: { kind: 'playbook', name: kind } }
    case 'decision':
      return { action: 'decide', resource: { kind: 'approval', name: actor.state?.origin?.kind ?? 'approval' } }
    case 'cancel':
      return { action: 'cancel', resource: { kind: 'task', name: correlationId } }
    default:
      if (isScheduleType(type)) return { action: 'publish', resource: { kind: 'playbook', name: playbookIn(payload) } }
      if (isNote(type)) return { action: noteActions[type], resource: notedOn(type, actor, team) }
      return { action: 'send', resource: { ...colleagueOrTeam(actor, team), kind: 'colleague' } }
  }
}

/** Which tasks a schedule publishes. */
function playbookIn(payload: Message['payload']): string {
  return String((payload as { playbook?: unknown } | null)?.playbook)
}

const noteActions = {
  'terms.stop': 'stop',
  'terms.resume': 'stop',
  'terms.revoke': 'stop',
  'terms.reinstate': 'stop',
  'terms.level': 'promote',
  'limit.raised': 'decide',
  'approval.withdraw': 'decide',
  'change.consent': 'decide',
  'ready.signed': 'decide',
  'restore.drilled': 'decide',
} as const

function notedOn(type: string, actor: Actor, team: Team): Question['resource'] {
  if (isDecidedAsApproval(type)) return { kind: 'approval', name: 'approval' }
  if (type !== 'limit.raised') return colleagueOrTeam(actor, team)
  return { kind: 'task', name: actor.state?.origin?.correlationId ?? parseStream(actor.stream).name }
}

function isDecidedAsApproval(type: string): boolean {
  return ['approval.withdraw', 'change.consent', 'ready.signed', 'restore.drilled'].includes(type)
}

function colleagueOrTeam({ stream }: Actor, team: Team): Question['resource'] {
  const { kind, name } = parseStream(stream)
  if (kind === 'team') return { kind: 'team', name: team.name }
  return { kind: 'colleague', name: colleagueOf(team, stream)?.name ?? name }
}

/** A person who decides or cancels is a client whose verified name is on the roster. */
function senderOf(team: Team, message: Message): Principal {
  const principal = principalOf(team, message.sender)
  const person = principal.kind === 'client' ? team.colleagues[principal.name] : undefined
  return person?.kind === 'person' ? { kind: 'person', name: person.name, role: person.role } : principal
}
