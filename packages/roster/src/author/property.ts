import type { Milestone, Property } from '@roster/core'

import type { ColleagueOf } from './colleague.ts'
import type { Person } from './person.ts'
import type { ToolOf } from './tool.ts'

/**
 * Declares what must never be reached on any way through a playbook's graph, unless one of some other things happened before, since the
 * last time that it was reached. `roster check` proves it, or prints the shortest way that breaks it.
 *
 * @param options.without what must have happened before. @defaultValue nothing helps: it is never reached at all
 * @example never(asking(treasurer, 'pay'), { without: [approval(pay), passing('isPayableByNobody')] })
 */
export function never(
  milestone: Milestone,
  { without = [] }: { readonly without?: readonly Milestone[] } = {},
): Property {
  return { never: milestone, without }
}

/** A colleague is asked for a piece of work. */
export function asking<C extends ColleagueOf>(colleague: C, work: keyof C['options']['accepts'] & string): Milestone {
  return { kind: 'asks', colleague: colleague.name, work }
}

/** A state is entered, by its path: `paying`, `asking.controller`. */
export function entering(state: string): Milestone {
  return { kind: 'enters', state }
}

/** A person has approved the use of a tool: `approved`, and not merely decided. */
export function approval(tool: ToolOf | string, by?: Person): Milestone {
  const name = typeof tool === 'string' ? tool : tool.name
  return { kind: 'approved', tool: name, ...(by === undefined ? {} : { by: by.name }) }
}

/** A transition was taken because this guard held. */
export function passing(guard: string): Milestone {
  return { kind: 'held', guard }
}
