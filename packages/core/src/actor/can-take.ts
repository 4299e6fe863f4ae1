import { isNote } from '../autonomy/note.ts'
import { parseStream } from '../stream/stream-name.ts'
import type { Message } from '../message/message.ts'
import type { Actor, ActorState } from './actor.ts'
import { canBegin } from './beginning.ts'
import { machineEvent } from './machine-event.ts'
import { isReserved } from './reserved.ts'
import { standing, type Standing } from './standing.ts'
import type { Stimulus } from './stimulus.ts'

/**
 * Whether an actor's state can take a stimulus: `taken`, `waits` (for another state) or `unknown` (no state names it). Only messages are
 * chosen from: an answer is always taken, and a delayed event that no state wants is taken and comes to nothing, as in XState.
 */
export function canTake(actor: Actor, stimulus: Stimulus): Standing {
  const { state, snapshot, definition, stream } = actor
  if (stimulus.source !== 'message' || parseStream(stream).kind === 'team') return 'taken'
  const { message } = stimulus
  if (state === null) return canBegin(stream, message) ? 'taken' : unborn(actor)
  if (besideTheMachine(state, message)) return 'taken'
  if (isReserved(message.type)) return 'unknown'
  const event = machineEvent(state, stimulus)
  return event === undefined || snapshot === null || isReserved(event.type)
    ? 'taken'
    : standing(definition.machine, snapshot, event)
}

/** Notes; and whatever comes for a colleague that is revoked: nothing waits for it, so that whoever asked is told. */
function besideTheMachine({ terms }: ActorState, { type }: Message): boolean {
  return isNote(type) || terms?.revoked !== undefined
}

/** A colleague that is not hired yet will be; nothing else begins by itself. */
function unborn({ stream, definition }: Actor): Standing {
  const { kind } = parseStream(stream)
  return definition.kind === 'colleague' && (kind === 'agent' || kind === 'person') ? 'waits' : 'unknown'
}
