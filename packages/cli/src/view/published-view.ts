import type { Published } from '../publish/published.ts'
import { facts } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeJson, safeText } from '../terminal/safe-text.ts'
import { statusText } from './task-view.ts'

/** How a published task stands, and what to do next. */
export function publishedText({ task, status, outcome, waitingOn, error }: Published, paint: Paint): string {
  return facts({
    task: task === null ? 'none' : paint.strong(task),
    status: statusText(status, paint),
    'waits for': waitingOn.map(({ person }) => safeText(person)).join(', '),
    outcome: outcome === null ? undefined : safeJson(outcome),
    ...(error === null ? {} : errorFacts(error, paint)),
    next: task === null ? undefined : next(task, status),
  })
}

function errorFacts(
  { code, message, path, hint }: NonNullable<Published['error']>,
  { bad }: Paint,
): Readonly<Record<string, string>> {
  return {
    error: `${bad(safeText(message))} (${safeText(code)})`,
    at: safeText(path ?? ''),
    hint: safeText(hint ?? ''),
  }
}

function next(task: string, status: Published['status']): string {
  if (status === 'waiting') return `roster inbox ${task}`
  return status === 'running' || status === 'queued' ? `roster task watch ${task}` : `roster replay ${task}`
}
