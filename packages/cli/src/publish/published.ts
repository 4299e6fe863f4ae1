import type { Failure, Json } from 'roster'
import type { TaskSummary } from 'roster/client'

/** What `task publish --json` prints: always these five. */
export interface Published {
  /** Null where it was refused before there was a task. */
  readonly task: string | null
  readonly status: 'queued' | 'running' | 'waiting' | 'done' | 'refused' | 'failed' | 'cancelled'
  readonly outcome: Json
  readonly waitingOn: TaskSummary['waitingOn']
  readonly error: {
    readonly code: string
    readonly message: string
    readonly path: string | null
    readonly hint: string | null
  } | null
}

/** How a task stands. Stopped by the runtime is failed, for whoever published it. */
export function publishedOf({ task, status, outcome, waitingOn, error }: TaskSummary): Published {
  return {
    task,
    status: status === 'stopped' ? 'failed' : status,
    outcome,
    waitingOn,
    error: error === null ? null : withAllParts(error),
  }
}

/** A task for which the time of waiting is over: it waits, and the error says that it was too long for this command. */
export function stillRunning(summary: TaskSummary, waitedMs: number): Published {
  const error = {
    code: 'timeout',
    message: `the task has not ended within ${waitedMs} ms`,
    path: null,
    hint: `It goes on. Follow it with: roster task watch ${summary.task}`,
  }
  return { ...publishedOf(summary), status: 'waiting', error }
}

/** A task that never came to be. */
export function refusedBefore(failure: Failure): Published {
  return { task: null, status: 'refused', outcome: null, waitingOn: [], error: withAllParts(failure) }
}

function withAllParts({ code, message, path, hint }: Failure): NonNullable<Published['error']> {
  return { code, message, path: path ?? null, hint: hint ?? null }
}
