import type { Actor } from '../actor/actor.ts'
import { askAnsweredBy, askNamedBy } from '../actor/reply.ts'
import type { Message } from '../message/message.ts'
import { parseStream, streamName } from '../stream/stream-name.ts'

/** Whether a message carries on what was allowed before, asks for something new, or passes for what its sender may not send. */
export type Provenance =
  | { readonly kind: 'carries-on' }
  | { readonly kind: 'asks' }
  | { readonly kind: 'forged'; readonly reason: string }

/** Where what comes from the system itself is said to come from. */
const system = streamName.client('system')

/** Tells a message of an exchange that was allowed already from one that must be allowed, by who sends what to whom. */
export function provenanceOf(actor: Actor, message: Message): Provenance {
  const { stream, state } = actor
  const { type, sender } = message
  switch (type) {
    case 'reply':
      return only(isFitting(actor, message), 'an ask is answered by whom it was put to')
    case 'job.start':
      return only(sender === parseStream(stream).base, 'a job is started by its own colleague')
    case 'job.ended':
      return only(isJobOf(sender, stream), "a job's end is told by the job itself")
    case 'hired':
      return only(sender === system, 'a colleague is hired by loading a team')
    case 'work':
      if (message.kind !== 'notice') return { kind: 'asks' }
      return only(sender === streamName.team(parseStream(stream).team), 'a notice comes from the system')
    case 'cancel':
      return state?.origin?.replyTo === sender ? { kind: 'carries-on' } : { kind: 'asks' }
    default:
      return { kind: 'asks' }
  }
}

/** An answer to what is not asked any more is late, which is no forgery. */
function isFitting({ state }: Actor, message: Message): boolean {
  return state === null || askNamedBy(state, message) === undefined || askAnsweredBy(state, message) !== undefined
}

function isJobOf(sender: string, stream: string): boolean {
  const { kind, base } = parseStream(sender)
  return kind === 'job' && base === stream
}

function only(fits: boolean, reason: string): Provenance {
  return fits ? { kind: 'carries-on' } : { kind: 'forged', reason }
}
