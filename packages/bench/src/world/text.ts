const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** So many characters that follow from a seed and do not compress: what a document looks like to a disk. */
export function textOf(length: number, seed: number): string {
  // Mulberry32: https://github.com/cprosche/mulberry32
  let state = seed | 0
  let text = ''
  while (text.length < length) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    const word = (mixed ^ (mixed >>> 14)) >>> 0
    for (let shift = 0; shift < 30; shift += 6) text += letters[(word >>> shift) & 63]
  }
  return text.slice(0, length)
}
