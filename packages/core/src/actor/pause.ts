import type { ActorState } from './actor.ts'
import type { EffectRequest } from './consequence.ts'
import type { Step } from './step.ts'

/** A step whose effects cannot be paid for: the machine has moved, its effects are kept, and none of them starts. */
export function paused(step: Step): Step {
  const { unpaid = [] } = step.next
  // Which approvals they use is decided when they start.
  const kept = step.effects.map(withoutApprovals)
  return { ...step, effects: [], next: { ...step.next, unpaid: [...unpaid, ...kept] } }
}

function withoutApprovals(effect: EffectRequest): EffectRequest {
  const { approvals: _, ...rest } = effect
  return rest
}

/** The effects that wait for a limit to be raised, those that the machine still wants, and the state once they start. */
export function unpaused(state: ActorState): { readonly next: ActorState; readonly effects: readonly EffectRequest[] } {
  const { unpaid = [], ...next } = state
  const wanted = new Set(Object.values(state.open).map(({ cause }) => cause))
  return { next, effects: unpaid.filter(({ id }) => wanted.has(id)) }
}
