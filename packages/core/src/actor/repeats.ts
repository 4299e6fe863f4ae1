import { canonical } from '../json/canonical.ts'
import type { Sha256 } from '../json/sha256.ts'
import type { ActorState } from './actor.ts'
import type { EffectRequest } from './consequence.ts'
import type { Definition } from './definition.ts'

/** Characters of a digest that tell two calls of one job apart. */
const digits = 16

/** How often an actor has asked for each use of a tool, by tool and arguments; nothing where its definition has no bound. */
export function repeatsAfter(
  { limits }: Definition,
  before: ActorState['repeats'],
  effects: readonly EffectRequest[],
  sha256: Sha256,
): ActorState['repeats'] {
  const uses = effects.filter(({ skill }) => skill === 'use')
  if (limits.repeats === undefined || uses.length === 0) return before
  const counts: Record<string, number> = { ...before }
  for (const use of uses) counts[callOf(use, sha256)] = (counts[callOf(use, sha256)] ?? 0) + 1
  return counts
}

/** Whether a use of a tool is one repetition too many: a job that asks for the same again and again gets nowhere. */
export function isLoop(
  state: ActorState | null,
  { limits }: Definition,
  effect: EffectRequest,
  sha256: Sha256,
): boolean {
  const { repeats = Infinity } = limits
  return effect.skill === 'use' && (state?.repeats?.[callOf(effect, sha256)] ?? 0) > repeats
}

function callOf({ name, input }: EffectRequest, sha256: Sha256): string {
  return `${name} ${sha256(`roster.call.1\n${canonical([name, input])}`).slice(0, digits)}`
}
