import { describe, expect, it } from 'vitest'

import { frame, frameReader } from '../../src/process/frames.ts'

/** What is read of these bytes when they come in pieces of this size. */
function read(bytes: Buffer, size: number, maxBytes = 1000): unknown[] {
  const values: unknown[] = []
  const take = frameReader(maxBytes, (value) => values.push(value))
  for (let at = 0; at < bytes.length; at += size) take(bytes.subarray(at, at + size))
  return values
}

describe('frames', () => {
  const values = [['ready'], ['done', 'é€😀'], { a: [1, null] }, 'x'.repeat(300), []]
  const bytes = Buffer.concat(values.map(frame))

  it.each([1, 2, 3, 5, 7, 64, 100_000])('come together again from pieces of %i bytes', (size) => {
    expect(read(bytes, size)).toEqual(values)
  })

  it('that are too long are told as broken at once, and nothing after them is read', () => {
    expect(read(Buffer.concat([frame('one'), frame('x'.repeat(2000)), frame('two')]), 64)).toEqual(['one', undefined])
    expect(read(Buffer.from('ffffffff', 'hex'), 1)).toEqual([undefined])
  })

  it('that are no JSON are told as broken, and nothing after them is read', () => {
    const broken = Buffer.from([0, 0, 0, 2, 0x7b, 0x7b])
    expect(read(Buffer.concat([broken, frame('two')]), 3)).toEqual([undefined])
  })
})
