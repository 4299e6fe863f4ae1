import type { AnyEventObject } from 'xstate'

import type { Failure } from '../error/failure.ts'
import { asJson } from '../json/assert-json.ts'
import type { Json } from '../json/json.ts'
import { envelopeOf, type Message } from '../message/message.ts'
import type { ActorState } from './actor.ts'
import { isReserved } from './reserved.ts'
import { askAnsweredBy } from './reply.ts'
import type { EffectResult, Stimulus } from './stimulus.ts'

/** What the machine is told of a stimulus; `undefined` when it came too late to matter (the invocation or timer is gone). */
export function machineEvent(state: ActorState, stimulus: Stimulus): AnyEventObject | undefined {
  if (stimulus.source === 'effect') return endOf(state, stimulus.child, stimulus.id, endedAs(stimulus.outcome))
  if (stimulus.source === 'message') return messageEvent(state, stimulus.message)
  const { event, id } = stimulus
  if (event.kind === 'delayed') return Object.values(state.timers).includes(id) ? event.event : undefined
  return endOf(state, event.child, id, endFrom(event.error, event.output ?? null))
}

function messageEvent(state: ActorState, message: Message): AnyEventObject | undefined {
  const { type, sender, payload } = message
  if (type === 'reply') {
    const ask = askAnsweredBy(state, message)
    return ask === undefined ? undefined : endOf(state, ask.child, ask.cause, endFrom(message.error, payload))
  }
  // Nobody outside may speak for an invocation or a delay of the machine.
  if (isReserved(type)) return undefined
  if (type === 'job.ended') return { ...(payload as object), type }
  // A colleague sees who asks for what, never the content: nothing that one job read reaches the colleague.
  if (type === 'work') return { type, message: envelopeOf(message) }
  return { type, sender, payload }
}

/** What an effect put out, as its record will say it: a tool may have answered more than text keeps. */
function endedAs(outcome: EffectResult): End {
  return outcome.kind === 'done' ? { kind: 'done', output: asJson(outcome.output, '/output') } : outcome
}

type End = { readonly kind: 'done'; readonly output: Json } | { readonly kind: 'failed'; readonly error: Failure }

function endFrom(error: Failure | undefined, output: Json): End {
  return error === undefined ? { kind: 'done', output } : { kind: 'failed', error }
}

function endOf(state: ActorState, child: string, cause: string, end: End): AnyEventObject | undefined {
  if (!Object.hasOwn(state.open, child) || state.open[child]?.cause !== cause) return undefined
  if (end.kind === 'done') return { type: `xstate.done.actor.${child}`, output: end.output, actorId: child }
  return { type: `xstate.error.actor.${child}`, error: end.error, actorId: child }
}
