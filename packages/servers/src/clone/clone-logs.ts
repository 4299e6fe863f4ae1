import { existsSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

import { logEnd, logSince } from '../process/log-end.ts'
import type { CloneServer } from './clone-server.ts'
import { logOf } from './clone-status.ts'

const POLL_MS = 250

/** The last lines that a server printed; none where it never ran. */
export function logLines(folder: string, name: CloneServer, lines: number): readonly string[] {
  const end = logEnd(logOf(folder, name), 0, lines)
  return end === '' ? [] : end.split('\n')
}

/** Tells what the servers print from now on, line by line, until the signal says so. */
export async function followLogs(
  folder: string,
  names: readonly CloneServer[],
  onLine: (name: CloneServer, line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const sizeOf = (name: CloneServer): number =>
    existsSync(logOf(folder, name)) ? statSync(logOf(folder, name)).size : 0
  const seen = new Map(names.map((name) => [name, sizeOf(name)]))
  while (!signal.aborted) {
    for (const name of names) {
      const text = logSince(logOf(folder, name), seen.get(name) ?? 0, Number.MAX_SAFE_INTEGER)
      // A line that is being written is told when it is whole.
      const whole = text.slice(0, text.lastIndexOf('\n') + 1)
      seen.set(name, Math.min(sizeOf(name), (seen.get(name) ?? 0) + Buffer.byteLength(whole)))
      for (const line of whole.split('\n').slice(0, -1)) onLine(name, line)
    }
    await delay(POLL_MS, undefined, { signal }).catch(() => {})
  }
}
