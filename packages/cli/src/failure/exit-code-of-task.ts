import type { TaskStatus } from 'roster/client'

import { exitCode, type ExitCode } from './exit-code.ts'

const codes: Readonly<Record<TaskStatus, ExitCode>> = {
  queued: exitCode.ok,
  running: exitCode.ok,
  waiting: exitCode.ok,
  done: exitCode.ok,
  refused: exitCode.refused,
  failed: exitCode.failed,
  cancelled: exitCode.failed,
  stopped: exitCode.failed,
}

/** The exit code of a command that is about one task. */
export function exitCodeOfTask(status: TaskStatus): ExitCode {
  // A colleague's machine is the author's: a status that is none of ours is a failure, not a success.
  return codes[status] ?? exitCode.failed
}
