import { termsAfter } from '../autonomy/note.ts'
import type { Failure } from '../error/failure.ts'
import type { Message } from '../message/message.ts'
import { trusted } from '../message/label.ts'
import { stateSchema, type Actor, type ActorState } from './actor.ts'
import { unpaused } from './pause.ts'
import type { Step } from './step.ts'

/** What a note leaves of an actor: the same, with other terms. Its machine is not asked. Also the team's own stream can be noted on. */
export function note(actor: Actor, message: Message): Step | { readonly refused: Failure } {
  const before = actor.state ?? machineless(actor)
  const terms = termsAfter(before.terms ?? {}, message)
  if ('refused' in terms) return terms
  const { terms: _, ...rest } = before
  const next = Object.keys(terms).length === 0 ? rest : { ...rest, terms }
  const released = message.type === 'limit.raised' ? unpaused(next) : { next, effects: [] }
  return { ...nothingElse, ...released, snapshot: actor.snapshot }
}

const nothingElse = {
  kind: 'stepped' as const,
  messages: [],
  timers: [],
  cancelled: [],
  path: { guards: [], taken: [] },
  outcome: null,
}

function machineless({ definition }: Actor): ActorState {
  return {
    schema: stateSchema,
    definition: definition.id,
    machine: { status: 'active', value: null, context: null, history: {} },
    open: {},
    timers: {},
    origin: null,
    label: trusted,
    approvals: [],
    endorsements: [],
  }
}
