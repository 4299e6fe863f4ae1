import { isRosterError } from '@roster/core'
import { describe, expect, it } from 'vitest'

import { lines } from '../../src/socket/lines.ts'

async function* chunks(...parts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part)
}

async function all(maxBytes: number, ...parts: readonly (string | Buffer)[]): Promise<string[]> {
  const found: string[] = []
  for await (const line of lines(chunks(...parts), maxBytes)) found.push(line)
  return found
}

describe('lines of a socket', () => {
  it('are put together from chunks that are cut anywhere', async () => {
    expect(await all(100, 'on', 'e\ntw', 'o\n', '\nfour\n')).toEqual(['one', 'two', '', 'four'])
  })

  it('keep a character whose bytes are in two chunks', async () => {
    const text = Buffer.from('é\n')
    expect(await all(100, text.subarray(0, 1), text.subarray(1))).toEqual(['é'])
  })

  it('leave out what follows the last newline: its sender died while writing', async () => {
    expect(await all(100, 'one\ntw')).toEqual(['one'])
  })

  it('may be as long as the bound and not a byte longer, whether the newline has come or not', async () => {
    expect(await all(3, 'abc\nabc\n')).toEqual(['abc', 'abc'])
    for (const parts of [['abcd\n'], ['ab', 'cd'], ['ab', 'cd\n']]) {
      await expect(all(3, ...parts)).rejects.toSatisfy((error) => isRosterError(error, 'message-too-large'))
    }
  })
})
