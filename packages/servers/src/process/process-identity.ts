import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process that this one did not start, or no longer holds. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it was started, as the system tells it: an id is given to another process some day, together with this it is not. */
  readonly started: string
}

/** The identity of the process with this id; undefined where there is none, or only what is left of one that ended. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedByPs(pid)
  return started === undefined ? undefined : { pid, started }
}

/** Whether it still runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return identityOf(pid)?.started === started
}

const STATE_FIELD = 0
const START_FIELD = 19

function startedOnLinux(pid: number): string | undefined {
  try {
    // The name, in parentheses, can hold anything: the fields are counted from behind it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[STATE_FIELD] === 'Z' || fields[STATE_FIELD] === 'X' ? undefined : fields[START_FIELD]
  } catch {
    return undefined
  }
}

function startedByPs(pid: number): string | undefined {
  try {
    const answer = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return answer.trim() || undefined
  } catch {
    return undefined
  }
}
