import { RosterError } from '@roster/core'

const newline = 0x0a

/**
 * The lines of a stream of bytes, without their ends. What follows the last newline is no line: its sender died while writing.
 *
 * @throws RosterError `message-too-large` as soon as a line is longer than `maxBytes`, before the rest of it is taken in.
 */
export async function* lines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<string> {
  let parts: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      parts.push(chunk.subarray(from, end))
      assertFits(bytes + end - from, maxBytes)
      yield Buffer.concat(parts).toString('utf8')
      parts = []
      bytes = 0
      from = end + 1
    }
    parts.push(chunk.subarray(from))
    bytes += chunk.length - from
    assertFits(bytes, maxBytes)
  }
}

function assertFits(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return
  throw new RosterError('message-too-large', `a message on the socket is longer than ${maxBytes} bytes`, {
    hint: 'A document may have 64 MB.',
  })
}
