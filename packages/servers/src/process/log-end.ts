import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'

const KEPT_BYTES = 16_000
const KEPT_LINES = 20
/** Enough for most lines of a log. */
const LINE_BYTES = 500

/** What a log got since it had this length in bytes; at most so many bytes of its end. */
export function logSince(file: string, before: number, most = KEPT_BYTES): string {
  if (!existsSync(file)) return ''
  const log = openSync(file, 'r')
  try {
    const { size } = fstatSync(log)
    const from = Math.max(before, size - most)
    const bytes = Buffer.alloc(Math.max(0, size - from))
    readSync(log, bytes, 0, bytes.length, from)
    return bytes.toString()
  } finally {
    closeSync(log)
  }
}

/** The last lines of a log, as far as they were written since it had this length in bytes. */
export function logEnd(file: string, before = 0, lines = KEPT_LINES): string {
  return logSince(file, before, Math.max(KEPT_BYTES, lines * LINE_BYTES))
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .join('\n')
}
