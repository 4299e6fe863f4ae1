import { boundedTarget, freeMoves, isPaid, type Bounds, type Inner } from './bounds.ts'
import { componentsOf } from './components.ts'
import type { DecisionSpace, Move } from './decision-space.ts'
import { wayInWords } from './words.ts'

/** Situations that an actor can come into again, and what bounds how often. */
export interface Loop {
  readonly situations: readonly string[]
  /** In words; `null` for a loop that nothing bounds. */
  readonly bound: string | null
  /** Of an unbounded one, a round as a list of events. */
  readonly round: readonly string[]
}

/** The loops of a playbook or a job. A colleague's machine goes round for as long as the colleague stays. */
export function loopsOf(space: DecisionSpace, bounds: Bounds): readonly Loop[] {
  if (space.kind === 'colleague') return []
  const inner = space.moves.filter((move): move is Inner => move.from !== null)
  const bounded = roundsIn(space.situations.length, inner).map((component) => loopOf(space, component, bounds))
  return [...bounded, ...whirlsOf(space, bounds)].toSorted((one, other) => order(one, other))
}

function order(one: Loop, other: Loop): number {
  return one.situations.join() < other.situations.join() ? -1 : 1
}

/** The components that lead back to themselves. */
function roundsIn(size: number, moves: readonly Inner[]): readonly (readonly number[])[] {
  const alone = new Set(moves.filter(({ from, to }) => from === to).map(({ from }) => from))
  return componentsOf(size, moves).filter((component) => component.length > 1 || alone.has(component[0] ?? -1))
}

function loopOf(space: DecisionSpace, component: readonly number[], bounds: Bounds): Loop {
  const within = new Set(component)
  const free = freeMoves(space, bounds).filter(({ from, to }) => within.has(from) && within.has(to))
  const names = space.situations.filter(({ index }) => within.has(index)).map(({ name }) => name)
  const [endless] = roundsIn(space.situations.length, free)
  if (endless !== undefined) return { situations: names, bound: null, round: wayInWords(space, roundIn(endless, free)) }
  const cut = space.moves.filter(({ from, to }) => from !== null && within.has(from) && within.has(to))
  const states = new Set(cut.map((move) => boundedTarget(move, bounds)).filter((state) => state !== undefined))
  const words = [...states].toSorted().map((state) => `${state}: at most ${bounds.rounds?.[state]} rounds`)
  if (cut.some(isPaid)) words.push('the budget: each round uses up a call')
  return { situations: names, bound: words.join('; '), round: [] }
}

/** The shortest round in a component: from its first situation back to it. */
function roundIn(component: readonly number[], moves: readonly Inner[]): readonly Move[] {
  const start = Math.min(...component)
  const inside = moves.filter(({ from, to }) => component.includes(from) && component.includes(to))
  const ways = inside.filter(({ from }) => from === start).map((move): readonly Inner[] => [move])
  const seen = new Set<number>()
  for (const way of ways) {
    const at = way.at(-1)?.to
    if (at === start) return way
    if (at === undefined || seen.has(at)) continue
    seen.add(at)
    ways.push(...inside.filter(({ from }) => from === at).map((move) => [...way, move]))
  }
  return []
}

/** Loops within one step: they wait for nothing, so only rounds bound them. */
function whirlsOf({ whirls }: DecisionSpace, { rounds = {} }: Bounds): readonly Loop[] {
  return whirls.map((states) => {
    const bounded = states.find((state) => Object.hasOwn(rounds, state))
    return {
      situations: [...new Set(states)],
      bound: bounded === undefined ? null : `${bounded}: at most ${rounds[bounded]} rounds`,
      round: bounded === undefined ? states.map((state) => `at once -> ${state}`) : [],
    }
  })
}
