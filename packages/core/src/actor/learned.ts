import type { Approval } from '../approval/approval.ts'
import { joinLabels, type Label } from '../message/label.ts'
import type { Message } from '../message/message.ts'
import type { ActorState } from './actor.ts'
import { askAnsweredBy } from './reply.ts'
import type { Stimulus } from './stimulus.ts'

/** The state before the machine moves, with what the stimulus itself changes: labels join, approvals are collected, what ended is closed. */
export function learned(state: ActorState, stimulus: Stimulus): ActorState {
  const closed = { ...state, open: withoutEnded(state, stimulus), timers: withoutFired(state, stimulus) }
  const label = labelOf(stimulus)
  const known =
    closed.origin === null || label === undefined ? closed : { ...closed, label: joinLabels(closed.label, label) }
  return stimulus.source === 'message'
    ? { ...known, approvals: joined(known.approvals, approvalsOf(stimulus.message)) }
    : known
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

function withoutEnded(state: ActorState, stimulus: Stimulus): ActorState['open'] {
  const ended = endedBy(state, stimulus)
  return ended === undefined ? state.open : without(state.open, (child) => child === ended)
}

function endedBy(state: ActorState, stimulus: Stimulus): string | undefined {
  if (stimulus.source === 'effect') return stimulus.child
  if (stimulus.source === 'timer') return stimulus.event.kind === 'ended' ? stimulus.event.child : undefined
  return stimulus.message.type === 'reply' ? askAnsweredBy(state, stimulus.message)?.child : undefined
}

function withoutFired(state: ActorState, stimulus: Stimulus): ActorState['timers'] {
  if (stimulus.source !== 'timer' || stimulus.event.kind !== 'delayed') return state.timers
  return without(state.timers, (_, pending) => pending === stimulus.id)
}

function without<V>(
  members: Readonly<Record<string, V>>,
  gone: (name: string, value: V) => boolean,
): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(members).filter(([name, value]) => !gone(name, value)))
}

function joined(known: readonly Approval[], more: readonly Approval[]): readonly Approval[] {
  const ids = new Set(known.map(({ id }) => id))
  const added = more.filter(({ id }) => !ids.has(id))
  return added.length === 0 ? known : [...known, ...added]
}
