import { paused, type Failure, type Json, type Step, type Team } from '@roster/core'

import type { Encounter, Move } from './decide.ts'
import { noticeToOwner } from './notice.ts'

/** A step whose effects wait for a limit to be raised; the owner is told what is used up. What was denied anyway is told to the machine. */
export function pausing(team: Team, encounter: Encounter, move: Move, error: Failure): Move {
  const step = move.step as Step
  // All of them are kept, so that the step gives the same when it is made again; what was denied has ended before a limit is raised.
  const kept = paused(step)
  const notice = noticeToOwner(team, { ...encounter, actor: { ...encounter.actor, state: kept.next } }, error, {
    tool: 'raise-limit',
    question: `${encounter.actor.stream} waits: ${error.message}. ${error.hint}`,
  })
  const messages = [...kept.messages, notice]
  return {
    ...move,
    kind: 'paused',
    step: { ...kept, messages, effects: step.effects.filter(({ id }) => move.denied.has(id)) },
    error: error as unknown as Json,
  }
}

/** A raise that is not enough for what waits: nothing of it is given. */
export function tooLittle(move: Move, error: Failure): Move {
  const failure = { ...error, message: `that is not enough for what waits: ${error.message}` }
  return { ...move, kind: 'refused', step: null, error: failure }
}
