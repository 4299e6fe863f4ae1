import { parseStream, type QueuedTask, type Store } from '@roster/core'

import type { TaskSummary } from '../client/operations.ts'

/** Tasks that wait to be let in, in the order in which they will be; of one task, if given. Nothing of them has begun. */
export async function queuedTasks(store: Pick<Store, 'queued'>, stream?: string): Promise<readonly TaskSummary[]> {
  return (await store.queued(stream)).map(summaryOf)
}

function summaryOf({ stream, playbook, requester, priority, queuedAt }: QueuedTask): TaskSummary {
  return {
    task: parseStream(stream).name,
    playbook,
    requester,
    status: 'queued',
    state: `priority ${priority}`,
    about: [],
    outcome: null,
    error: null,
    waitingOn: [],
    startedAt: queuedAt,
    endedAt: null,
    costMicroUsd: 0,
    denials: 0,
  }
}
