import {
  parseStream,
  RosterError,
  streamName,
  type Body,
  type Envelope,
  type Message,
  type StoredRecord,
} from '@roster/core'
import { publish, resend } from '@roster/runtime'

import type { DeadLetter, Operations } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'
import { deadLettersView } from './dead-letters-view.ts'

type Again = Awaited<ReturnType<Operations['resend']>>

/** Messages that were set aside, the oldest first. */
export async function deadLetters({ store }: OperationsContext): Promise<readonly DeadLetter[]> {
  await store.catchUp(deadLettersView)
  return (await store.rows(deadLettersView.name)).map(({ value }) => JSON.parse(value) as DeadLetter)
}

/**
 * Takes up again what was set aside. Where it ended a task, the task is published again with the same input, as a new one, for whoever asked
 * for it; else the message itself is sent again. The same dead letter again is the same answer.
 */
export async function resendDeadLetter(
  context: OperationsContext,
  { record: id, by }: Parameters<Operations['resend']>[0],
): Promise<Again> {
  if (context.team.colleagues[by]?.kind !== 'person')
    throw new RosterError('denied', `"${by}" is no person of the team: only a person sends a dead letter again`, {
      path: 'by',
      hint: 'Say who you are with --as.',
    })
  const record = await context.store.readRecord(id)
  const envelope = record === undefined ? undefined : (JSON.parse(record.envelope) as Envelope)
  if (record === undefined || envelope?.kind !== 'dead-letter')
    throw new RosterError('unknown-record', `${id} is no dead letter`, {
      path: id,
      hint: 'Run `roster dead-letters list` to see what was set aside.',
    })
  const [first] = await firstOfTask(context, envelope)
  return first === undefined ? await messageAgain(context, record, by) : await taskAgain(context, first, id)
}

/** The first record of the task that it belonged to, if that has ended: then nobody waits for the message any more. */
async function firstOfTask(
  { store, team }: OperationsContext,
  { correlationId }: Envelope,
): Promise<readonly StoredRecord[]> {
  if (correlationId === '') return []
  const stream = streamName.task(team.name, correlationId)
  const head = await store.head(stream)
  return head?.final === true ? await store.read(stream, { from: 1, to: 1 }) : []
}

async function taskAgain({ intake }: OperationsContext, first: StoredRecord, record: string): Promise<Again> {
  const { kind = '', sender, payload } = messageOf(first)
  const published = await publish(intake, {
    playbook: kind,
    input: payload,
    requester: parseStream(sender).name,
    idempotencyKey: `dead letter ${record}`,
  })
  return { task: published.task, message: published.task, known: published.known }
}

async function messageAgain({ intake }: OperationsContext, record: StoredRecord, by: string): Promise<Again> {
  const { id: _, at: __, expiresAt: ___, ...message } = messageOf(record)
  const { id } = JSON.parse(record.envelope) as Envelope
  return { task: message.correlationId, ...(await resend(intake, { by, record: id, message })) }
}

/** The message that a record consumed. */
function messageOf({ body, envelope }: StoredRecord): Message {
  const { id, stream, cause } = JSON.parse(envelope) as Envelope
  if (body === null)
    throw new RosterError('refused', `the content of ${id} was erased`, { path: id, hint: 'Publish it anew.' })
  const { message } = (JSON.parse(body) as Body).payload as unknown as { readonly message?: Message }
  if (message === undefined)
    throw new RosterError('refused', `what was set aside is a ${cause.source} of ${stream}, which nobody can send`, {
      path: id,
      hint: 'Publish the task again.',
    })
  return message
}
