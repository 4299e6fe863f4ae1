/** Chance that follows from a seed: the same seed gives the same answers in the same order. */
export interface Random {
  /** An integer from 0 to below `bound`. */
  below(bound: number): number
  /** An integer from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** Whether something of this probability happens. */
  chance(probability: number): boolean
}

/** Mulberry32: 32 bits of state, fast, good enough to choose between a few dozen things. */
export function random(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
  }
}
