import type { Actor } from '../actor/actor.ts'
import { askAnsweredBy, askNamedBy } from '../actor/reply.ts'
import { own } from '../json/own.ts'
import type { Message } from '../message/message.ts'
import { parseStream, streamName } from '../stream/stream-name.ts'

/** Whether a message carries on what was allowed before, asks for something new, or passes for what its sender may not send. */
export type Provenance =
  | { readonly kind: 'carries-on' }
  | { readonly kind: 'asks' }
  | { readonly kind: 'forged'; readonly reason: string }

/** Where what comes from the system itself is said to come from. */
const system = streamName.client('system')

/** Who alone may send a message of these types, and why. */
const rules: Readonly<
  Record<string, { readonly fits: (actor: Actor, message: Message) => boolean; readonly reason: string }>
> = {
  reply: { fits: isFitting, reason: 'an ask is answered by whom it was put to' },
  'job.start': {
    fits: ({ stream }, { sender }) => sender === parseStream(stream).base,
    reason: 'a job is started by its own colleague',
  },
  'job.ended': {
    fits: ({ stream }, { sender }) => isJobOf(sender, stream),
    reason: "a job's end is told by the job itself",
  },
  'work notice': {
    fits: ({ stream }, { sender }) => tells(sender, parseStream(stream).team),
    reason: 'a notice comes from the system, or from a task of the team',
  },
  'schedule.due': { fits: (_, { sender }) => sender === system, reason: 'a calendar is kept by the system' },
  hired: { fits: (_, { sender }) => sender === system, reason: 'a colleague is hired by loading a team' },
}

/** Tells a message of an exchange that was allowed already from one that must be allowed, by who sends what to whom. */
export function provenanceOf(actor: Actor, message: Message): Provenance {
  const rule = own(rules, message.type === 'work' ? `work ${message.kind}` : message.type)
  if (rule !== undefined) {
    return rule.fits(actor, message) ? { kind: 'carries-on' } : { kind: 'forged', reason: rule.reason }
  }
  // Whoever asked for the work may withdraw it.
  const withdrawn = message.type === 'cancel' && actor.state?.origin?.replyTo === message.sender
  return { kind: withdrawn ? 'carries-on' : 'asks' }
}

/** An answer to what is not asked any more is late, which is no forgery. */
function isFitting({ state }: Actor, message: Message): boolean {
  return state === null || askNamedBy(state, message) === undefined || askAnsweredBy(state, message) !== undefined
}

function tells(sender: string, team: string): boolean {
  const parts = parseStream(sender)
  return sender === streamName.team(team) || (parts.kind === 'task' && parts.team === team)
}

function isJobOf(sender: string, stream: string): boolean {
  const { kind, base } = parseStream(sender)
  return kind === 'job' && base === stream
}
