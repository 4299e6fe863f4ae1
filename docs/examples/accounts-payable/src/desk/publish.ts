import { keepDocument, type Operations } from 'roster/client'
import type { DeskEvent } from './desk-event.ts'
import { contentOf, type Incoming } from './incoming.ts'
import { eventOfKnown } from './record-events.ts'
import { standing, type Work } from './work.ts'

/** The name under which documents are brought, the same as on the command line: a document given again is the same task. */
const requester = 'client'

/** Brings all documents. One that was brought before, under whatever name, is the task that it was. */
export async function publishAll(
  operations: Operations,
  incoming: readonly Incoming[],
  tell: (event: DeskEvent) => void,
): Promise<readonly Work[]> {
  const works = new Map<string, Work>()
  for (const document of incoming) {
    const work = await publish(operations, document)
    if (works.has(work.task)) continue
    works.set(work.task, work)
    tell({ type: 'task', task: work.task, document: document.name, known: work.known })
  }
  const known = [...works.values()].filter((work) => work.known)
  await tellKnown(operations, known, tell)
  return [...works.values()]
}

/** Says how those stand that were there before. */
async function tellKnown(
  operations: Operations,
  known: readonly Work[],
  tell: (event: DeskEvent) => void,
): Promise<void> {
  const summaries = await standing(operations, known)
  for (const work of known) {
    const summary = summaries.get(work.task)
    if (summary !== undefined) tell(eventOfKnown(summary, work))
  }
}

async function publish(operations: Operations, incoming: Incoming): Promise<Work> {
  const base64 = (await contentOf(incoming)).toString('base64')
  const document = await keepDocument(operations, { name: incoming.name, base64 })
  const input = { document: { ...document }, ...(incoming.message === null ? {} : { message: incoming.message }) }
  const publication = { playbook: 'pay-invoice', input, idempotencyKey: document.hash, requester }
  const { task, known } = await operations.publish(publication)
  return { task, known, incoming, hash: document.hash }
}
