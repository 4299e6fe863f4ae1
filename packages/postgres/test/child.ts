import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A process of its own that a test may kill; its lines of output, as they come. */
export interface Child extends AsyncDisposable {
  readonly pid: number
  readonly lines: readonly string[]
  /** Waits until it has printed so many lines, or has ended. */
  printed(count: number): Promise<void>
  kill(): Promise<void>
}

/** Runs a file beside this one under this Node. */
export function runChild(file: string, ...args: readonly string[]): Child {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout ?? process.stdin })
  // A process may have ended before what it printed last was read.
  let isRead = false
  const read = once(reader, 'close').then(() => (isRead = true))
  reader.on('line', (line) => lines.push(line))
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  return {
    pid: child.pid ?? 0,
    lines,
    async printed(count) {
      while (lines.length < count && !isRead) await Promise.race([once(reader, 'line'), read])
    },
    kill,
    [Symbol.asyncDispose]: kill,
  }
}
