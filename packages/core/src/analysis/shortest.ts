import { movesFrom, type DecisionSpace, type Move } from './decision-space.ts'

/** The shortest ways from the beginning to every situation; of several as short, the first one in the machine's order. */
export class ShortestWays {
  readonly #arriving = new Map<number, Move>()

  constructor(space: DecisionSpace) {
    const leaving = movesFrom(space)
    const queue = space.moves.filter(({ from }) => from === null)
    for (const move of queue) {
      if (this.#arriving.has(move.to)) continue
      this.#arriving.set(move.to, move)
      queue.push(...(leaving[move.to] ?? []))
    }
  }

  to(situation: number): readonly Move[] {
    const way: Move[] = []
    for (let at: number | null = situation; at !== null;) {
      const move = this.#arriving.get(at)
      if (move === undefined) break
      way.unshift(move)
      at = move.from
    }
    return way
  }
}
