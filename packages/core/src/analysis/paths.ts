import { movesFrom, type DecisionSpace, type Move } from './decision-space.ts'

interface Visit {
  readonly at: number
  /** Its moves that are still to be followed. */
  readonly left: Iterator<Move>
  count: bigint
}

/** How many ways lead from the beginning to an end, going round no loop twice. At most the largest safe integer. */
export function pathCount(space: DecisionSpace): number {
  const leaving = movesFrom(space)
  /** Ways from each situation to an end; `null` while they are counted, so that what leads back there adds none. */
  const counts = new Map<number, bigint | null>()
  const visit = (at: number): Visit => {
    counts.set(at, null)
    const ended = space.situations[at]?.ended !== null
    return { at, left: (leaving[at] ?? []).values(), count: ended ? 1n : 0n }
  }
  const countFrom = (start: number): void => {
    const visits = [visit(start)]
    for (let open = visits.at(-1); open !== undefined; open = visits.at(-1)) {
      const next = open.left.next()
      if (next.done !== true) {
        if (!counts.has(next.value.to)) visits.push(visit(next.value.to))
        else open.count += counts.get(next.value.to) ?? 0n
        continue
      }
      counts.set(open.at, open.count)
      visits.pop()
      const above = visits.at(-1)
      if (above !== undefined) above.count += open.count
    }
  }
  const begun = space.moves.filter(({ from }) => from === null)
  for (const { to } of begun) if (!counts.has(to)) countFrom(to)
  const all = begun.reduce((sum, { to }) => sum + (counts.get(to) ?? 0n), 0n)
  return all > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(all)
}
