import {
  argumentsDigest,
  colleagueOf,
  colleagueStream,
  hashTuple,
  noticeMs,
  streamName,
  type Actor,
  type Failure,
  type Json,
  type Message,
  type Team,
} from '@roster/core'

import type { Encounter } from './decide.ts'

/** What a notice is about, if it is no message that was set aside. */
interface About {
  readonly tool?: string
  readonly question?: string
}

/** Tells the owner of an actor, in their inbox, what nobody else takes: a message that was set aside. */
// oxlint-disable-next-line complexity -- each branch is one optional field
export function noticeToOwner(team: Team, encounter: Encounter, failure: Failure, about: About = {}): Message {
  const { actor, cause, context } = encounter
  const message = cause.source === 'message' ? cause.message : undefined
  const facts: Json = {
    stream: actor.stream,
    message: cause.id,
    type: message?.type ?? cause.source,
    code: failure.code,
    because: failure.message,
  }
  const payload = {
    tool: about.tool ?? 'acknowledge',
    arguments: facts,
    argumentsDigest: argumentsDigest(facts, context),
    question: about.question ?? `A message to ${actor.stream} was set aside: ${failure.message}`,
    expiresAt: context.now + noticeMs,
  }
  return {
    id: hashTuple(context.sha256, ['roster.notice.1', actor.stream, actor.version + 1]).slice(0, 32),
    type: 'work',
    kind: 'notice',
    sender: streamName.team(team.name),
    to: colleagueStream(team, ownerOf(team, actor)),
    correlationId: actor.state?.origin?.correlationId ?? message?.correlationId ?? '',
    causationId: cause.id,
    at: context.now,
    label: message?.label ?? actor.state?.label ?? { integrity: 'untrusted', sources: [] },
    payload,
  }
}

function ownerOf(team: Team, actor: Actor): string {
  const playbook = Object.values(team.playbooks).find(({ definition }) => definition.id === actor.definition.id)
  const owner = playbook?.owner ?? colleagueOf(team, actor.stream)?.owner
  return owner ?? Object.values(team.colleagues).find(({ kind }) => kind === 'person')?.name ?? ''
}
