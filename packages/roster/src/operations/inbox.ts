import {
  RosterError,
  signedText,
  type Approval,
  type Body,
  type Envelope,
  type JobStart,
  type Json,
  type Message,
  type UnsignedApproval,
} from '@roster/core'
import { decide as bringDecision } from '@roster/runtime'

import type { InboxItem, Operations } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'
import { recordOf, refusalOf } from './record-of.ts'
import { rosterView, type JobRow } from './roster-view.ts'
import { task } from './tasks.ts'

interface Asked {
  readonly tool: string
  readonly arguments: Json
  readonly argumentsDigest: string
  readonly question: Json
  readonly expiresAt: number
}

/** What waits for people, or for one of them: facts made by the system first, then what the asker says. */
export async function inbox(context: OperationsContext, person?: string): Promise<readonly InboxItem[]> {
  const { store } = context
  await store.catchUp(rosterView)
  const jobs = (await store.rows(rosterView.name, 'job/')).map(({ value }) => JSON.parse(value) as JobRow)
  const waiting = jobs.filter(
    ({ job, colleague }) => job.includes('/person/') && (person === undefined || colleague === person),
  )
  return await Promise.all(waiting.toSorted((a, b) => a.since - b.since).map((job) => itemOf(context, job)))
}

async function itemOf(context: OperationsContext, { job, colleague, task: id, since }: JobRow): Promise<InboxItem> {
  const [first] = await context.store.read(job, { to: 1 })
  const envelope = JSON.parse(first?.envelope ?? '{}') as Envelope
  const body = JSON.parse(first?.body ?? '{}') as Body
  const { message } = body.payload as unknown as { message: Message }
  const asked = (message.payload as unknown as JobStart).input as unknown as Asked
  // A notice about a colleague itself belongs to no task.
  const { about, costMicroUsd } = id === '' ? { about: [], costMicroUsd: 0 } : await task(context, id)
  return {
    item: job,
    person: colleague,
    role: context.team.colleagues[colleague]?.role ?? '',
    task: id,
    about,
    tool: asked.tool,
    arguments: asked.arguments,
    argumentsDigest: asked.argumentsDigest,
    question: asked.question,
    integrity: envelope.label.integrity,
    sources: envelope.label.sources,
    costMicroUsd,
    since,
    expiresAt: asked.expiresAt,
  }
}

/**
 * Signs a decision with the person's key, brings it to the job that waits for it, and waits until it is taken. `item` is the job's stream or
 * the task's id.
 *
 * @throws RosterError `unknown-record` when nothing of that name waits for that person, or not any more; `denied` and the like when it is
 * refused: why, with the record that says so
 */
export async function decide(
  context: OperationsContext,
  { item, person, decision, reason }: Parameters<Operations['decide']>[0],
): ReturnType<Operations['decide']> {
  const found = (await inbox(context, person)).find((one) => one.item === item || one.task === item)
  if (found === undefined) {
    throw new RosterError('unknown-record', `nothing named ${item} waits for ${person}`, {
      path: item,
      hint: 'Run `roster inbox` to see what waits, and for whom.',
    })
  }
  const unsigned: UnsignedApproval = {
    id: context.intake.ids.id(),
    task: found.task,
    person,
    role: found.role,
    decision,
    tool: found.tool,
    argumentsDigest: found.argumentsDigest,
    policySet: context.policy.digest,
    at: context.clock.now(),
    expiresAt: found.expiresAt,
    reason,
    key: context.keys.publicKey(person),
  }
  const approval: Approval = { ...unsigned, signature: context.keys.sign(person, signedText(unsigned)) }
  const after = (await context.store.head(found.item))?.version ?? 0
  const { known, id } = await bringDecision(context.intake, found.item, approval)
  const record = await recordOf(context, { stream: found.item, id, after })
  if (record === undefined) await assertStillAsked(context, found)
  else if (record.kind !== 'stepped') throw refusalOf(record)
  return { approval: approval.id, known, record: record?.id ?? null }
}

/** A job that has ended without the decision takes it no more; else it is pending, until somebody works for the team. */
async function assertStillAsked({ store }: OperationsContext, { item, person }: InboxItem): Promise<void> {
  if ((await store.head(item))?.final !== true) return
  throw new RosterError('unknown-record', `${item} waits for ${person} no more: it came too late`, {
    path: item,
    hint: 'The task was cancelled, or went another way meanwhile: `roster task show` tells.',
  })
}
