import type { AnyStateMachine } from 'xstate'

import { RosterError } from '../error/roster-error.ts'
import type { Path } from '../record/record.ts'
import type { Definition } from './definition.ts'
import { nodesOf } from './machine.ts'
import type { Outcome } from './outcome.ts'

/** How often each state with a bound was led to; `undefined` for a definition without bounds. */
export type Rounds = { readonly [state: string]: number } | undefined

/** The counts after the transitions of one step. Only transitions that name the state count, not what lies inside it. */
export function roundsAfter({ limits, machine }: Definition, before: Rounds, { taken }: Path): Rounds {
  if (limits.rounds === undefined) return undefined
  const counts = { ...before }
  const named = pathsOf(machine)
  for (const id of taken.flatMap(({ target }) => target)) {
    const state = named.get(id) ?? ''
    if (Object.hasOwn(limits.rounds, state)) counts[state] = (counts[state] ?? 0) + 1
  }
  return counts
}

/** How an actor ends that went round more often than it may, or `null`. */
export function beyondRounds({ id, limits }: Definition, rounds: Rounds): Outcome | null {
  for (const [state, most] of Object.entries(limits.rounds ?? {})) {
    if ((rounds?.[state] ?? 0) <= most) continue
    const error = {
      code: 'over-limit',
      message: `${id} was led to "${state}" more than ${most} times`,
      path: `limits.rounds.${state}`,
      hint: 'Look with `roster why` at what sends it back, and raise the limit only if more rounds make sense.',
    }
    return { status: 'failed', error }
  }
  return null
}

/**
 * Refuses bounds of states that a machine does not have, and bounds that are no count.
 *
 * @throws RosterError `definition-invalid`
 */
export function assertRounds(definition: Pick<Definition, 'id' | 'limits'>, machine: AnyStateMachine): void {
  const known = new Set(nodesOf(machine).map(({ path }) => path.join('.')))
  for (const [state, most] of Object.entries(definition.limits.rounds ?? {})) {
    const path = `limits.rounds.${state}`
    if (!known.has(state) || state === '') {
      const hint = `It has: ${[...known].filter((name) => name !== '').join(', ')}.`
      throw new RosterError('definition-invalid', `${definition.id} bounds "${state}", which is none of its states`, {
        path,
        hint,
      })
    }
    if (Number.isSafeInteger(most) && most >= 1) continue
    throw new RosterError('definition-invalid', `${path} of ${definition.id} must be an integer >= 1, got ${most}`, {
      path,
    })
  }
}

/** The path of each state of a machine by the id of its node. */
function pathsOf(machine: AnyStateMachine): ReadonlyMap<string, string> {
  const known = paths.get(machine) ?? new Map(nodesOf(machine).map(({ id, path }) => [id, path.join('.')]))
  paths.set(machine, known)
  return known
}

const paths = new WeakMap<AnyStateMachine, ReadonlyMap<string, string>>()
