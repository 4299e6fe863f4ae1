import type { DecisionSpace, Move } from './decision-space.ts'
import { movesFrom } from './decision-space.ts'

/** How many ways lead from the beginning to an end, going round no loop twice. At most the largest safe integer. */
export function pathCount(space: DecisionSpace): number {
  const leaving = forwardMoves(space)
  const counts = new Map<number, bigint>()
  // Deepest first: what a situation leads to is counted before it.
  for (const situation of postorder(space, leaving)) {
    const ended = space.situations[situation]?.ended !== null
    const sum = (leaving[situation] ?? []).reduce((count, { to }) => count + (counts.get(to) ?? 0n), 0n)
    counts.set(situation, ended ? 1n : sum)
  }
  const begun = space.moves.filter(({ from }) => from === null)
  const all = begun.reduce((count, { to }) => count + (counts.get(to) ?? 0n), 0n)
  return all > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(all)
}

/** The moves of each situation but those that lead back to where a way has been: found depth first, in the machine's order. */
function forwardMoves(space: DecisionSpace): readonly (readonly Move[])[] {
  const leaving = movesFrom(space)
  const forward: Move[][] = leaving.map(() => [])
  const state = new Map<number, 'open' | 'closed'>()
  for (const begun of space.moves.filter(({ from }) => from === null)) {
    const work = [{ at: begun.to, next: 0 }]
    while (work.length > 0) {
      const frame = work.at(-1) as (typeof work)[number]
      if (frame.next === 0 && state.get(frame.at) === 'closed') {
        work.pop()
        continue
      }
      state.set(frame.at, 'open')
      const move = leaving[frame.at]?.[frame.next]
      frame.next += 1
      if (move === undefined) {
        state.set(frame.at, 'closed')
        work.pop()
      } else if (state.get(move.to) !== 'open') {
        forward[frame.at]?.push(move)
        if (state.get(move.to) === undefined) work.push({ at: move.to, next: 0 })
      }
    }
  }
  return forward
}

function postorder(space: DecisionSpace, leaving: readonly (readonly Move[])[]): readonly number[] {
  const order: number[] = []
  const seen = new Set<number>()
  for (const { to } of space.moves.filter(({ from }) => from === null)) {
    const work = [{ at: to, next: 0 }]
    seen.add(to)
    while (work.length > 0) {
      const frame = work.at(-1) as (typeof work)[number]
      const move = leaving[frame.at]?.[frame.next]
      frame.next += 1
      if (move === undefined) {
        order.push(frame.at)
        work.pop()
      } else if (!seen.has(move.to)) {
        seen.add(move.to)
        work.push({ at: move.to, next: 0 })
      }
    }
  }
  return order
}
