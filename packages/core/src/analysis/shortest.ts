import { movesFrom, type DecisionSpace, type Move } from './decision-space.ts'

/** The shortest way from the beginning to a situation of this kind, or `undefined`. Of several the first one in the machine's order. */
export function shortestTo(space: DecisionSpace, wanted: (situation: number) => boolean): readonly Move[] | undefined {
  const leaving = movesFrom(space)
  const begun = space.moves.filter(({ from }) => from === null).map((move): readonly Move[] => [move])
  const seen = new Set<number>()
  const queue = [...begun]
  for (const way of queue) {
    const { to } = way.at(-1) as Move
    if (seen.has(to)) continue
    seen.add(to)
    if (wanted(to)) return way
    for (const move of leaving[to] ?? []) if (!seen.has(move.to)) queue.push([...way, move])
  }
  return undefined
}
