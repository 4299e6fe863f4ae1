import { amounts, type Amounts } from '../budget/amounts.ts'
import { RosterError } from '../error/roster-error.ts'
import { canonical } from '../json/canonical.ts'
import type { Json, JsonObject } from '../json/json.ts'
import type { Message } from '../message/message.ts'
import { parseStream } from '../stream/stream-name.ts'
import type { Definition } from './definition.ts'
import { outgoing, type Moment } from './moment.ts'
import type { Skill } from './skill.ts'
import type { StepContext } from './step.ts'
import { dueAfter, type TimerRequest } from './timing.ts'

/** An effect that a host is to run once the step is stored. */
export interface EffectRequest {
  /** Id of its pending row and its idempotency key. */
  readonly id: string
  readonly child: string
  readonly skill: 'think' | 'use'
  /** The tool, or the name under which the machine thinks. */
  readonly name: string
  readonly input: Json
  /** The most that it may use. */
  readonly hold: Amounts
  /** Ids of the approvals that it uses up: known once it was decided that it may start. */
  readonly approvals?: readonly string[]
}

/** A skill that a machine invoked in this step. */
export interface Begun<S extends Skill = Skill> {
  readonly child: string
  readonly skill: S
  readonly src: string
  readonly input: Json
}

/** What an invocation comes to: an effect, a piece of work for somebody, or a timer that ends it; a told message goes out beside it. */
export type Consequence =
  | { readonly kind: 'effect'; readonly effect: EffectRequest }
  | { readonly kind: 'ask'; readonly message: Message }
  | { readonly kind: 'timer'; readonly timer: TimerRequest; readonly told?: Message }

export function consequenceOf(definition: Definition, moment: Moment, begun: Begun): Consequence {
  switch (begun.skill.kind) {
    case 'think': {
      const { child, src, input } = begun
      return {
        kind: 'effect',
        effect: { id: moment.id(), child, skill: 'think', name: src, input, hold: definition.limits.call },
      }
    }
    case 'use':
      return { kind: 'effect', effect: useOf(moment, begun as Begun<Extract<Skill, { kind: 'use' }>>) }
    case 'ask':
      return { kind: 'ask', message: askOf(moment, begun as Begun<Extract<Skill, { kind: 'ask' }>>) }
    case 'approve':
      return { kind: 'ask', message: approvalOf(moment, begun as Begun<Extract<Skill, { kind: 'approve' }>>) }
    case 'tell': {
      const told = toldBy(moment, begun as Begun<Extract<Skill, { kind: 'tell' }>>)
      return { kind: 'timer', timer: endingIn(moment, begun.child, 0), told }
    }
    case 'wait':
      return { kind: 'timer', timer: endingIn(moment, begun.child, membersOf(begun, 'ms')['ms']) }
  }
}

/** SHA-256 of a tool's exact arguments: what an approval and an endorsement are bound to. */
export function argumentsDigest(args: Json, { sha256 }: Pick<StepContext, 'sha256'>): string {
  return sha256(`roster.arguments.1\n${canonical(args)}`)
}

function useOf(moment: Moment, begun: Begun<Extract<Skill, { kind: 'use' }>>): EffectRequest {
  const { child, skill, input } = begun
  const given = skill.tool === undefined ? membersOf(begun, 'tool') : { tool: skill.tool, input }
  const name = typeof given['tool'] === 'string' ? given['tool'] : JSON.stringify(given['tool'])
  return { id: moment.id(), child, skill: 'use', name, input: given['input'] ?? null, hold: amounts({ toolCalls: 1 }) }
}

function askOf(moment: Moment, { skill, input }: Begun<Extract<Skill, { kind: 'ask' }>>): Message {
  const { state, context } = moment
  const { to, work: kind, endorse } = skill
  const parts = { type: 'work', kind, to: context.addressee(to), payload: input, ...delegated(moment) }
  if (endorse === undefined) return outgoing(moment, parts)
  const { check, tool } = endorse
  const { argument } = endorse
  const digest = argumentsDigest(endorse.arguments(input as never), context)
  const endorsed = { check, tool, argumentsDigest: digest, ...(argument === undefined ? {} : { argument }) }
  return outgoing(moment, { ...parts, endorsements: [...state.endorsements, endorsed] })
}

/** A job that asks somebody else lends them its colleague's rights, and no more than those. */
function delegated({ stream, state }: Moment): Pick<Message, 'onBehalfOf'> {
  const { kind, base } = parseStream(stream)
  if (kind !== 'job') return {}
  const asker = parseStream(base)
  return { onBehalfOf: [...(state.origin?.onBehalfOf ?? []), `${asker.kind}/${asker.name}`] }
}

function approvalOf(moment: Moment, begun: Begun<Extract<Skill, { kind: 'approve' }>>): Message {
  const { context } = moment
  const { tool, to, validForMs } = begun.skill
  const { arguments: args = null, question = null } = membersOf(begun, 'arguments')
  const expiresAt = dueAfter(moment, validForMs, `the approval "${begun.child}"`)
  const payload = { tool, arguments: args, argumentsDigest: argumentsDigest(args, context), question, expiresAt }
  return outgoing(moment, { type: 'work', kind: 'approval', to: context.addressee(to), payload })
}

function toldBy(moment: Moment, begun: Begun<Extract<Skill, { kind: 'tell' }>>): Message {
  const { context } = moment
  const { event, to: addressee, inbox } = begun.skill
  const to = context.addressee(addressee)
  if (inbox === undefined) return outgoing(moment, { type: event, to, payload: begun.input })
  const { arguments: facts = null, question = null } = membersOf(begun, 'arguments')
  const digest = argumentsDigest(facts, context)
  const asked = { tool: 'acknowledge', arguments: facts, argumentsDigest: digest, question }
  return outgoing(moment, {
    type: 'work',
    kind: 'notice',
    to,
    payload: { ...asked, expiresAt: context.now + noticeMs },
  })
}

/** How long a notice waits in an inbox: ten years, which is until somebody has seen it. In milliseconds. */
export const noticeMs = 315_360_000_000

function endingIn(moment: Moment, child: string, ms: unknown): TimerRequest {
  return { id: moment.id(), dueAt: dueAfter(moment, ms, `the wait "${child}"`), event: { kind: 'ended', child } }
}

/** The members of an invocation's input, which must have the one that is named. */
function membersOf({ child, skill, input }: Begun, needed: string): JsonObject {
  if (typeof input === 'object' && input !== null && !Array.isArray(input) && needed in input)
    return input as JsonObject
  throw new RosterError(
    'input-invalid',
    `the invocation "${child}" of the skill ${skill.kind} is given no "${needed}"`,
    {
      path: `/invoke/${child}/input/${needed}`,
      hint: `Give it an input with "${needed}".`,
    },
  )
}
