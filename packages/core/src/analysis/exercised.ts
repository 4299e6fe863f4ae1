import type { Envelope } from '../record/record.ts'
import { canonical } from '../json/canonical.ts'
import type { DecisionSpace, Move } from './decision-space.ts'
import { movesFrom } from './decision-space.ts'
import { wayInWords } from './words.ts'

/** The part of a record that tells a move. */
type Told = Pick<Envelope, 'kind' | 'path' | 'after' | 'outcome'>

/** Which moves and ways of a space histories have gone. */
export interface Exercised {
  /** Histories that were followed. */
  readonly histories: number
  /** Different ways from the beginning to an end, loops left out. */
  readonly paths: number
  readonly moves: number
  /** Moves that no history has taken, as events. */
  readonly never: readonly string[]
  /** Histories with a step that the space does not have: another machine made them. */
  readonly strange: number
}

/** Follows the records of streams, each from its first one on, through a space. */
export function exercisedBy(space: DecisionSpace, histories: readonly (readonly Told[])[]): Exercised {
  const leaving = movesFrom(space)
  const begun = space.moves.filter(({ from }) => from === null)
  const taken = new Set<number>()
  const paths = new Set<string>()
  let strange = 0
  for (const history of histories) {
    let way: readonly Move[] = []
    for (const told of history) {
      if (told.kind !== 'stepped') continue
      const at = way.at(-1)?.to
      const move = (at === undefined ? begun : (leaving[at] ?? [])).find((one) => tells(space, one, told))
      // What ends an actor from outside is no move of its machine; nor is what changes nothing.
      if (move === undefined && told.path.taken.length === 0) continue
      if (move === undefined) {
        strange += 1
        break
      }
      taken.add(move.index)
      way = withoutLoops([...way, move])
    }
    const last = way.at(-1)
    if (last !== undefined && space.situations[last.to]?.ended !== null)
      paths.add(way.map(({ index }) => index).join(' '))
  }
  return {
    histories: histories.length,
    paths: paths.size,
    moves: taken.size,
    never: space.moves.filter(({ index }) => !taken.has(index)).flatMap((move) => wayInWords(space, [move])),
    strange,
  }
}

function tells({ situations }: DecisionSpace, { to, taken }: Move, { path, after }: Told): boolean {
  return sameTransitions(taken, path.taken) && canonical(situations[to]?.value ?? null) === canonical(after)
}

/** Regions may react to the same event in either order. */
function sameTransitions(one: Move['taken'], other: Move['taken']): boolean {
  const texts = (taken: Move['taken']): string =>
    taken
      .map((transition) => canonical(transition as never))
      .toSorted()
      .join()
  return one.length === other.length && texts(one) === texts(other)
}

/** A way without the rounds that it went. */
function withoutLoops(way: readonly Move[]): readonly Move[] {
  const { to } = way.at(-1) as Move
  const before = way.findIndex((move, index) => index < way.length - 1 && move.to === to)
  return before < 0 ? way : way.slice(0, before + 1)
}
