import type { Readable, Writable } from 'node:stream'

/** Where a command reads and writes, and what may be done there. */
export interface Terminal {
  readonly input: Readable
  readonly output: Writable
  /** Progress, notes, questions and errors: standard output belongs to the answer. */
  readonly errors: Writable
  /** Whether a person can be asked. */
  readonly interactive: boolean
  /** Whether progress may move on the error stream. */
  readonly lively: boolean
  readonly colours: boolean
  /** Columns, where there is an edge to fit into. */
  readonly width: number | undefined
}

type Streams = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env'>

/** The terminal of a process. Colours are for terminals only, and not with NO_COLOR (https://no-color.org). */
export function terminalOf({ stdin, stdout, stderr, env }: Streams): Terminal {
  const plain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  return {
    input: stdin,
    output: stdout,
    errors: stderr,
    interactive: stdin.isTTY && stderr.isTTY && (env['CI'] ?? '') === '',
    lively: stderr.isTTY && env['TERM'] !== 'dumb',
    colours: stdout.isTTY && !plain,
    width: stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined,
  }
}
