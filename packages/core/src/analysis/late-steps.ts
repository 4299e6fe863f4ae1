import type { DecisionSpace } from './decision-space.ts'

/** The invocations that a delay ends before they have, by the type of its event: what a record of that event says was late. */
export function lateStepsOf({ situations, moves }: DecisionSpace): ReadonlyMap<string, readonly string[]> {
  const late = new Map<string, readonly string[]>()
  for (const { from, to, moments } of moves) {
    const [first] = moments
    if (first?.kind !== 'late' || from === null) continue
    const open = new Set(situations[to]?.open.map(({ child }) => child))
    const left = (situations[from]?.open ?? []).map(({ child }) => child).filter((child) => !open.has(child))
    late.set(first.type, [...new Set([...(late.get(first.type) ?? []), ...left])])
  }
  return late
}
