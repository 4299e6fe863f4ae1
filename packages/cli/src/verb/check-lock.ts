import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import type { Check } from 'roster/client'

/** The name of the file that says what a team can do; it lies beside the team's. */
const lockName = 'roster.lock'

/** Writes what a team can do beside it, and answers where. */
export async function writeLock(teamFile: string, { lock }: Check): Promise<string> {
  const path = join(dirname(teamFile), lockName)
  await writeFile(path, lock)
  return path
}

/** A check with the problem that the lock beside the team says something else, if it does. A team without a lock has none to be stale. */
export async function againstLock(teamFile: string, check: Check): Promise<Check> {
  const path = join(dirname(teamFile), lockName)
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (kept === undefined || kept === check.lock) return check
  const problem = {
    code: 'lock-stale',
    message: `What this team can do is not what ${lockName} says:\n${difference(kept, check.lock)}`,
    path,
    hint: 'Look whether the difference is meant, write it with `roster check --write`, and have it reviewed.',
  }
  return { ...check, ok: false, problems: [...check.problems, problem] }
}

/** Lines that show a difference; more are counted. */
const maxShown = 20

/** Lines that only one of both has: each line says one fact, so their order tells nothing. */
function difference(before: string, after: string): string {
  const [old, now] = [before, after].map((text) => new Set(text.split('\n'))) as [Set<string>, Set<string>]
  const lines = [
    ...[...old].filter((line) => !now.has(line)).map((line) => `- ${line.trim()}`),
    ...[...now].filter((line) => !old.has(line)).map((line) => `+ ${line.trim()}`),
  ]
  const more = lines.length > maxShown ? [`and ${lines.length - maxShown} more`] : []
  return [...lines.slice(0, maxShown), ...more].map((line) => `  ${line}`).join('\n')
}
