import { parseStream, type StreamName } from '@roster/core'

/** The id of a task's workflow. */
export function workflowIdOf(stream: StreamName): string {
  return `task/${parseStream(stream).name}`
}

/** The queue from which the workers of a team take. */
export function taskQueueOf(team: string): string {
  return `roster/${team}`
}
