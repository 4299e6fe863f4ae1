import type { Envelope } from '../record/record.ts'
import { canonical } from '../json/canonical.ts'
import { movesFrom, type DecisionSpace, type Move } from './decision-space.ts'

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
  const guide = { space, leaving: movesFrom(space), begun: space.moves.filter(({ from }) => from === null) }
  const walks = histories.map((history) => walked(guide, history))
  const taken = new Set(walks.flatMap(({ moves }) => moves.map(({ index }) => index)))
  const ended = walks
    .map(({ moves }) => moves)
    .filter((moves) => space.situations[moves.at(-1)?.to ?? 0]?.ended !== null)
  return {
    histories: histories.length,
    paths: new Set(ended.map((moves) => withoutLoops(moves).join(' '))).size,
    moves: taken.size,
    never: space.moves.filter(({ index }) => !taken.has(index)).flatMap((move) => wayInWords(space, [move])),
    strange: walks.filter(({ strange }) => strange).length,
  }
}

interface Guide {
  readonly space: DecisionSpace
  readonly leaving: readonly (readonly Move[])[]
  readonly begun: readonly Move[]
}

/**
 * The moves that a history tells, up to one that the space does not have. Situations that differ only in what a history state remembers look
 * the same in a record, so every one that fits is followed.
 */
function walked(
  { space, leaving, begun }: Guide,
  history: readonly Told[],
): { moves: readonly Move[]; strange: boolean } {
  let ways: readonly (readonly Move[])[] = [[]]
  for (const told of history.filter(({ kind }) => kind === 'stepped')) {
    const onwards = ways.flatMap((way) => {
      const last = way.at(-1)
      const next = last === undefined ? begun : (leaving[last.to] ?? [])
      return next.filter((move) => tells(space, move, told)).map((move) => [...way, move])
    })
    // A step that takes no transition changes nothing.
    if (onwards.length === 0 && told.path.taken.length === 0) continue
    if (onwards.length === 0) return { moves: ways[0] ?? [], strange: true }
    ways = [...new Map(onwards.map((way) => [way.at(-1)?.to, way])).values()]
  }
  return { moves: ways[0] ?? [], strange: false }
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

/** A way by the indices of its moves, without the rounds that it went. */
function withoutLoops(moves: readonly Move[]): readonly number[] {
  let way: readonly Move[] = []
  for (const move of moves) {
    const before = way.findIndex(({ to }) => to === move.to)
    way = before < 0 ? [...way, move] : way.slice(0, before + 1)
  }
  return way.map(({ index }) => index)
}
