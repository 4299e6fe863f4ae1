#!/usr/bin/env node
import { randomBytes } from 'node:crypto'

import { openers } from './team/openers.ts'
import { run } from './run.ts'
import { terminalOf } from './terminal/terminal.ts'

const interrupt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asked twice: whoever asks does not want to wait for a clean end.
    if (interrupt.signal.aborted) process.exit(130)
    interrupt.abort()
  })
}
// The reader of a pipe may have seen enough: `roster log | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await run(process.argv.slice(2), {
  terminal: terminalOf(process),
  env: process.env,
  cwd: process.cwd(),
  signal: interrupt.signal,
  // oxlint-disable-next-line roster/no-ambient -- the clock of the world outside begins here
  now: () => Date.now(),
  newKey: () => randomBytes(16).toString('hex'),
  openers,
})
