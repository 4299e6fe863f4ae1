import type { AnyStateMachine } from 'xstate'

import { RosterError } from '../error/roster-error.ts'
import type { Definition } from './definition.ts'
import { nodesOf, type Node } from './machine.ts'

/** What an actor may wait for at the same time, where its author sets no limit. */
export const defaultFanOut = 16

/** The most that a machine can have asked for at the same time: of alternative states the one that asks for most, of parallel ones all. */
export function fanOutOf(machine: AnyStateMachine): number {
  const [root] = nodesOf(machine)
  return root === undefined ? 0 : most(root)
}

function most({ invoke, states, type }: Node): number {
  const inside = Object.values(states).map(most)
  return invoke.length + (type === 'parallel' ? inside.reduce((sum, one) => sum + one, 0) : Math.max(0, ...inside))
}

/**
 * Refuses a machine that can ask for more at once than it may. It is a graph, so this shows before anything runs: nothing has to be counted
 * while it does.
 *
 * @throws RosterError `definition-invalid`
 */
export function assertFanOut({ id, limits }: Pick<Definition, 'id' | 'limits'>, machine: AnyStateMachine): void {
  const path = 'limits.fanOut'
  const { fanOut = defaultFanOut } = limits
  if (!Number.isSafeInteger(fanOut) || fanOut < 1)
    throw new RosterError('definition-invalid', `${path} of ${id} must be an integer >= 1, got ${fanOut}`, { path })
  const found = fanOutOf(machine)
  if (found <= fanOut) return
  throw new RosterError('definition-invalid', `${id} can ask for ${found} things at once, and may for ${fanOut}`, {
    path,
    hint: `Ask for some of them one after the other, or give it \`limits: { fanOut: ${found} }\`.`,
  })
}
