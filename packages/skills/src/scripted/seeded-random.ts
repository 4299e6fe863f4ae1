/** A source of numbers from 0 to below 1 that is the same for the same text. */
export type RandomFor = (text: string) => () => number

/**
 * Numbers that look random and follow from a seed and a text alone, so that what goes wrong does not depend on what ran before it or
 * at the same time.
 */
export function seededRandom(seed: number): RandomFor {
  return (text) => {
    let state = hash(`${seed}:${text}`)
    return () => {
      // mulberry32
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
    }
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value
}
