import type { DecisionSpace } from './decision-space.ts'
import { ShortestWays } from './shortest.ts'
import { wayInWords } from './words.ts'

/** A situation from which no end can be reached, and a way into it as a list of events. */
export interface DeadEnd {
  readonly situation: string
  readonly way: readonly string[]
}

/** The dead ends of a playbook or a job; a colleague's machine has no end, so it has none. */
export function deadEndsOf(space: DecisionSpace): readonly DeadEnd[] {
  if (space.kind === 'colleague') return []
  const alive = endingFrom(space)
  const ways = new ShortestWays(space)
  return space.situations
    .filter(({ index }) => !alive.has(index))
    .map(({ index, name }) => ({ situation: name, way: wayInWords(space, ways.to(index)) }))
}

/** The situations from which an end can be reached: found backwards from the ends. */
function endingFrom({ situations, moves }: DecisionSpace): ReadonlySet<number> {
  const arriving = Map.groupBy(moves, ({ to }) => to)
  const queue = situations.filter(({ ended }) => ended !== null).map(({ index }) => index)
  const alive = new Set(queue)
  for (const situation of queue) {
    for (const { from } of arriving.get(situation) ?? []) {
      if (from === null || alive.has(from)) continue
      alive.add(from)
      queue.push(from)
    }
  }
  return alive
}
