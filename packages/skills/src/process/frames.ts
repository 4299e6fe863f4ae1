// Also used inside of confined processes: it imports nothing of Roster.

const headerBytes = 4

/** A JSON value as one frame: its length in four bytes, then its text. */
export function frame(value: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(value))
  const whole = Buffer.allocUnsafe(headerBytes + text.length)
  whole.writeUInt32BE(text.length)
  text.copy(whole, headerBytes)
  return whole
}

/**
 * Puts the frames of a stream together again. A frame that is longer than allowed, or that is no JSON, is told once as `undefined`, and
 * nothing after it is read.
 *
 * @param maxBytes of one frame, without its length
 */
export function frameReader(maxBytes: number, take: (value: unknown) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  let gathered: Buffer[] = []
  let missing = headerBytes
  let broken = false
  const next = (): boolean => {
    const length = rest.length < headerBytes ? 0 : rest.readUInt32BE()
    missing = headerBytes + length - rest.length
    broken = length > maxBytes
    if (broken) take(undefined)
    if (broken || rest.length < headerBytes || missing > 0) return false
    const value = parsed(rest.toString('utf8', headerBytes, headerBytes + length))
    rest = rest.subarray(headerBytes + length)
    broken = value === undefined
    take(value)
    return !broken
  }
  return (chunk) => {
    if (broken) return
    gathered.push(chunk)
    missing -= chunk.length
    // Put together only when a frame can be complete: a long one comes in many chunks.
    if (missing > 0) return
    rest = Buffer.concat([rest, ...gathered])
    gathered = []
    while (next());
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
