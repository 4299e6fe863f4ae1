import type { Operations, TaskSummary } from 'roster/client'
import { masterData } from '../master/master-data.ts'
import type { Outcome } from '../pay-invoice/outcome.ts'
import type { Incoming } from './incoming.ts'

/** A document with the task that it became. */
export interface Work {
  readonly task: string
  readonly incoming: Incoming
  /** Hash of its content. */
  readonly hash: string
  /** Whether the task was there before. */
  readonly known: boolean
}

/** What became of it, in one word. */
export function outcomeWord({ status, outcome }: Pick<TaskSummary, 'status' | 'outcome'>): string {
  return status === 'done' ? (outcome as unknown as Outcome).outcome : status
}

/** Why it ended so, in a few words. */
export function whyOf({ status, outcome, error, waitingOn }: TaskSummary): string {
  if (status === 'waiting') return `${waitingOn.map(({ person }) => person).join(', ')} must decide`
  if (status !== 'done') return error === null ? '' : `${error.code}: ${error.message}`
  const { amount, currency, supplier, decidedBy, deviations, missing, outcome: word } = outcome as unknown as Outcome
  const name = masterData.suppliers.find(({ id }) => id === supplier)?.name
  const reasons = [...deviations, ...missing].join(', ')
  return [
    `${amount} ${currency}`,
    decidedBy === null ? undefined : `${decidedBy} ${word === 'declined' ? 'declined' : 'approved'}`,
    reasons === '' ? undefined : reasons,
    name,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

/** Whether nothing more will become of it by itself. */
export function hasEnded({ endedAt }: TaskSummary): boolean {
  return endedAt !== null
}

/** The tasks of these documents, as they stand. */
export async function standing(
  operations: Operations,
  works: readonly Work[],
): Promise<ReadonlyMap<string, TaskSummary>> {
  const ours = new Set(works.map(({ task }) => task))
  const all = await operations.tasks()
  return new Map(all.filter(({ task }) => ours.has(task)).map((summary) => [summary.task, summary]))
}
