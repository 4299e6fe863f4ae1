import type { AnyEventObject, AnyMachineSnapshot } from 'xstate'

import type { Node } from '../actor/machine.ts'
import type { Happening, Invocation } from './moment.ts'
import { partlyKnown, unknowable } from './unknowable.ts'

/** Something that can happen in a situation, and the event by which a machine learns it. */
export interface Possible {
  readonly happening: Happening
  readonly event: AnyEventObject
  /** The invocation that is over with it. */
  readonly over?: string
}

/** All that can happen in a situation: what is under way answers or fails, a time is over, a message comes that a state names. */
export function possible(snapshot: AnyMachineSnapshot, open: readonly Invocation[]): readonly Possible[] {
  const types = new Set(
    (snapshot._nodes as unknown as readonly Node[]).flatMap(({ transitions }) => [...transitions.keys()]),
  )
  return [...open.flatMap(endings), ...[...types].flatMap(named)]
}

function endings(invocation: Invocation): readonly Possible[] {
  const { child, skill } = invocation
  const answered = (output: unknown, decision?: 'approved' | 'declined'): Possible => ({
    happening: { kind: 'answered', invocation, ...(decision === undefined ? {} : { decision }) },
    event: { type: `xstate.done.actor.${child}`, actorId: child, output },
    over: child,
  })
  const failed: Possible = {
    happening: { kind: 'failed', invocation },
    event: { type: `xstate.error.actor.${child}`, actorId: child, error: unknowable },
    over: child,
  }
  // Both end by a timer of the actor's own.
  if (skill.kind === 'wait' || skill.kind === 'tell') return [answered(null)]
  if (skill.kind !== 'approve') return [answered(unknowable), failed]
  const reply = (decision: 'approved' | 'declined') => answered(partlyKnown({ decision }), decision)
  return [reply('approved'), reply('declined'), failed]
}

/** Events that a state names. XState's own about the end of a state come by themselves; answers were dealt with. */
function named(type: string): readonly Possible[] {
  const late = /^xstate\.after\.([^.]+)\.(.+)$/.exec(type)
  if (late !== null) {
    const [, delay = '', state = ''] = late
    return [{ happening: { kind: 'late', delay, state, type }, event: { type } }]
  }
  if (type.startsWith('xstate.')) return []
  // A name with a wildcard stands for any message that fits it and has no transition of its own.
  return [
    { happening: { kind: 'message', type }, event: { type: type.replace('*', 'anything-else'), payload: unknowable } },
  ]
}
