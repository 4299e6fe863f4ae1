import { authoriseMessage, type Failure, type Message } from '@roster/core'

import type { Encounter, Move } from './decide.ts'
import type { TransitionPorts } from './ports.ts'

const none: ReadonlyMap<string, Failure> = new Map()

const hint = 'Who sets a schedule must be allowed to publish its tasks. `roster can` explains it.'

/** Notes on the team's stream what is decided about a schedule, if whoever decides it may publish its tasks. The record is all there is of it. */
export function scheduling({ team, policy }: TransitionPorts, { actor }: Encounter, message: Message): Move {
  const decision = authoriseMessage(actor, message, team, policy)
  const decisions = decision === null ? [] : [decision]
  if (decision?.allowed !== false) return { kind: 'noted', step: null, decisions, denied: none }
  const error = { code: 'denied', message: decision.reason, hint }
  return { kind: 'denied', step: null, decisions, denied: none, error }
}
