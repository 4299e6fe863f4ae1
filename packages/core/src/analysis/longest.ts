import { boundedTarget, freeMoves, isPaid, type Bounds, type Inner } from './bounds.ts'
import { componentsOf } from './components.ts'
import type { DecisionSpace, Move } from './decision-space.ts'

/** What a way is measured by: what its moves and the situations on it weigh. `Infinity` is a weight. */
export interface Weights {
  readonly move: (move: Move) => number
  readonly situation: (index: number) => number
}

/**
 * The weight of the heaviest way from the beginning to an end; `Infinity` where a loop with a weight is bounded by nothing. Within a loop,
 * a way is cut wherever something bounds it, and each piece weighs at most as much as the heaviest piece: never less than the truth.
 */
export function heaviest(space: DecisionSpace, bounds: Bounds, weights: Weights): number {
  const inner = space.moves.filter((move): move is Inner => move.from !== null)
  const begun = space.moves.filter(({ from }) => from === null)
  const free = new Set<Move>(freeMoves(space, bounds))
  const components = componentsOf(space.situations.length, inner)
  const componentOf = new Map(components.flatMap((members, at) => members.map((member) => [member, at] as const)))
  const leaving = Map.groupBy(inner, ({ from }) => componentOf.get(from))
  const arriving = Map.groupBy(space.moves, ({ to }) => componentOf.get(to))
  /** The heaviest way from anywhere in a component to an end. Components are ordered, the ends first. */
  const onwards: number[] = []
  const through = (move: Move): number => weights.move(move) + (onwards[componentOf.get(move.to) ?? 0] ?? 0)
  for (const [at, members] of components.entries()) {
    const [within, out] = divided(leaving.get(at) ?? [], ({ to }) => componentOf.get(to) === at)
    const entries = (arriving.get(at) ?? []).filter(({ from }) => from === null || componentOf.get(from) !== at)
    onwards[at] = around({ members, within, entries, free }, bounds, weights) + most(out.map(through))
  }
  return most(begun.map(through))
}

/** The largest of some weights, or 0: an argument list would be too long for all moves of a space. */
function most(weights: readonly number[]): number {
  return weights.reduce((largest, weight) => Math.max(largest, weight), 0)
}

function divided<T>(all: readonly T[], test: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(test), all.filter((one) => !test(one))]
}

interface Component {
  readonly members: readonly number[]
  readonly within: readonly Inner[]
  readonly entries: readonly Move[]
  readonly free: ReadonlySet<Move>
}

function around({ members, within, entries, free }: Component, bounds: Bounds, weights: Weights): number {
  const pieces = within.filter((move) => free.has(move))
  const cuts = within.filter((move) => !free.has(move))
  const piece = heaviestPiece(members, pieces, weights)
  if (cuts.length === 0) return piece
  const states = new Set(cuts.map((move) => boundedTarget(move, bounds)).filter((state) => state !== undefined))
  const rounds = [...states].reduce((sum, state) => sum + (bounds.rounds?.[state] ?? 0), 0)
  const calls = cuts.some((move) => isPaid(move) && boundedTarget(move, bounds) === undefined) ? bounds.calls : 0
  // Whoever comes in by a bounded state has one round less to go.
  const first = entries.every((move) => states.has(boundedTarget(move, bounds) ?? '')) ? 0 : 1
  const cut = most(cuts.map((move) => weights.move(move)))
  const times = rounds + calls + first
  return piece + cut === 0 ? 0 : times * piece + (times - first) * cut
}

/** The heaviest way through what a loop is without the moves that are bounded; `Infinity` where a loop is left that weighs something. */
function heaviestPiece(members: readonly number[], moves: readonly Inner[], weights: Weights): number {
  const index = new Map(members.map((member, at) => [member, at]))
  const edges = moves.map((move) => ({ move, from: index.get(move.from) ?? 0, to: index.get(move.to) ?? 0 }))
  const leaving = Map.groupBy(edges, ({ from }) => from)
  const best: number[] = []
  for (const component of componentsOf(members.length, edges)) {
    const within = new Set(component)
    const all = component.flatMap((at) => leaving.get(at) ?? [])
    const [endless, out] = divided(all, ({ to }) => within.has(to))
    const here = most(component.map((at) => weights.situation(members[at] ?? 0)))
    const round = Math.max(here, most(endless.map(({ move }) => weights.move(move))))
    const onwards = most(out.map(({ move, to }) => weights.move(move) + (best[to] ?? 0)))
    const weight = endless.length > 0 && round > 0 ? Infinity : here + onwards
    for (const at of component) best[at] = weight
  }
  return most(best)
}
