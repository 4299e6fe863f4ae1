import type { AnyEventObject } from 'xstate'

import type { Approval } from '../approval/approval.ts'
import type { Failure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'
import { joinLabels, type Label } from '../message/label.ts'
import { envelopeOf, type Message } from '../message/message.ts'
import type { ActorState } from './actor.ts'
import type { Stimulus } from './stimulus.ts'

/** What the machine is told of a stimulus; `undefined` when it came too late to matter (the invocation or timer is gone). */
export function machineEvent(state: ActorState, stimulus: Stimulus): AnyEventObject | undefined {
  if (stimulus.source === 'effect') return endOf(state, stimulus.child, stimulus.id, stimulus.outcome)
  if (stimulus.source === 'message') return messageEvent(state, stimulus.message)
  const { event, id } = stimulus
  if (event.kind === 'delayed') return state.timers[event.timer] === id ? event.event : undefined
  const end =
    event.error === undefined
      ? { kind: 'done' as const, output: event.output ?? null }
      : { kind: 'failed' as const, error: event.error }
  return endOf(state, event.child, id, end)
}

function messageEvent(state: ActorState, message: Message): AnyEventObject | undefined {
  if (message.type === 'reply') {
    const child = Object.entries(state.open).find(([, open]) => open.cause === message.inReplyTo)?.[0]
    if (child === undefined || message.inReplyTo === undefined) return undefined
    const end =
      message.error === undefined
        ? { kind: 'done' as const, output: message.payload }
        : { kind: 'failed' as const, error: message.error }
    return endOf(state, child, message.inReplyTo, end)
  }
  if (message.type === 'job.ended') return { type: message.type, ...(message.payload as object) }
  // A colleague sees who asks for what, never the content: nothing that one job read reaches the colleague.
  if (message.type === 'work') return { type: message.type, message: envelopeOf(message) }
  return { type: message.type, sender: message.sender, payload: message.payload }
}

function endOf(
  state: ActorState,
  child: string,
  cause: string,
  end: { readonly kind: 'done'; readonly output: Json } | { readonly kind: 'failed'; readonly error: Failure },
): AnyEventObject | undefined {
  if (state.open[child]?.cause !== cause) return undefined
  if (end.kind === 'done') return { type: `xstate.done.actor.${child}`, output: end.output, actorId: child }
  return { type: `xstate.error.actor.${child}`, error: end.error, actorId: child }
}

/** The state before the machine moves, with what the stimulus itself changes: labels join, approvals are collected, the ended invocation is closed. */
export function learned(state: ActorState, stimulus: Stimulus): ActorState {
  const closed = { ...state, open: withoutCause(state, stimulus), timers: withoutTimer(state, stimulus) }
  const label = labelOf(stimulus)
  const known =
    closed.origin === null || label === undefined ? closed : { ...closed, label: joinLabels(closed.label, label) }
  if (stimulus.source !== 'message') return known
  return { ...known, approvals: joined(known.approvals, approvalsOf(stimulus.message)) }
}

/** A reply brings the approvals that its sender had; a decision, which was verified before it came here, is one itself. */
function approvalsOf(message: Message): readonly Approval[] {
  if (message.type === 'decision') return [message.payload as unknown as Approval]
  return message.type === 'reply' ? (message.approvals ?? []) : []
}

function labelOf(stimulus: Stimulus): Label | undefined {
  if (stimulus.source === 'message') return stimulus.message.label
  return stimulus.source === 'effect' ? stimulus.outcome.label : undefined
}

function withoutCause(state: ActorState, stimulus: Stimulus): ActorState['open'] {
  const cause = stimulus.source === 'message' ? stimulus.message.inReplyTo : stimulus.id
  const child = Object.entries(state.open).find(([, open]) => open.cause === cause)?.[0]
  if (child === undefined) return state.open
  const { [child]: _, ...rest } = state.open
  return rest
}

function withoutTimer(state: ActorState, stimulus: Stimulus): ActorState['timers'] {
  if (stimulus.source !== 'timer' || stimulus.event.kind !== 'delayed') return state.timers
  const { [stimulus.event.timer]: _, ...rest } = state.timers
  return rest
}

function joined(known: readonly Approval[], more: readonly Approval[]): readonly Approval[] {
  const ids = new Set(known.map(({ id }) => id))
  return [...known, ...more.filter(({ id }) => !ids.has(id))]
}
