import { parseStream, RosterError, streamName, type StoredRecord } from '@roster/core'

import type { BudgetRow, Ordered, TrustOperations } from '../client/trust-operations.ts'
import type { OperationsContext } from './context.ts'
import { ordered } from './ordered.ts'
import { tasksView, type TaskRow } from './tasks-view.ts'

/** What a task and its jobs were granted, hold and have used, in the order in which they began. */
export async function budget(context: OperationsContext, task: string): Promise<readonly BudgetRow[]> {
  const { store } = context
  const streams = await streamsOf(context, task)
  const rows = await Promise.all(
    [...streams].map(async ([stream, waits]) => ({ waits, budget: await store.budget(stream), stream })),
  )
  return rows.flatMap(({ stream, waits, budget: found }) =>
    found === undefined ? [] : [{ stream, granted: found.granted, held: found.held, used: found.used, waits }],
  )
}

/** Gives a task more, or each of its jobs that wait. */
export async function raise(
  context: OperationsContext,
  { task, by, amounts = { toolCalls: 0 }, overtime = false }: Parameters<TrustOperations['raise']>[0],
): Promise<readonly Ordered[]> {
  const streams = await streamsOf(context, task)
  const waiting = [...streams].filter(([, waits]) => waits).map(([stream]) => stream)
  const to = waiting.length === 0 ? [streamName.task(context.team.name, task)] : waiting
  const done: Ordered[] = []
  for (const stream of to)
    done.push(
      await ordered(context, {
        to: stream,
        type: 'limit.raised',
        by,
        task,
        payload: overtime ? { amounts, overtime } : { amounts },
      }),
    )
  return done
}

/** What waits for a limit, of all tasks that have not ended. */
export async function waitingStreams(
  context: OperationsContext,
): Promise<readonly { readonly task: string; readonly stream: string }[]> {
  const { store } = context
  await store.catchUp(tasksView)
  const rows = (await store.rows(tasksView.name, 'task/')).map(({ value }) => JSON.parse(value) as TaskRow)
  const open = rows.filter(({ endedAt }) => endedAt === null).map(({ task }) => task)
  const found = await Promise.all(
    open.map(async (task) =>
      [...(await streamsOf(context, task))].flatMap(([stream, waits]) => (waits ? [{ task, stream }] : [])),
    ),
  )
  return found.flat()
}

/** The task and its jobs, and whether something of each waits for a limit. */
async function streamsOf({ store }: OperationsContext, task: string): Promise<ReadonlyMap<string, boolean>> {
  const records = await store.readCorrelated(task)
  if (records.length === 0)
    throw new RosterError('unknown-task', `no task ${task} is in the store`, {
      path: task,
      hint: 'Run `roster task list` to see what there is.',
    })
  const streams = new Map<string, boolean>()
  for (const record of records) {
    // A person's inbox uses nothing.
    const { kind, base } = parseStream(record.stream)
    const spends = kind === 'task' || (kind === 'job' && parseStream(base).kind === 'agent')
    if (spends) streams.set(record.stream, waitsAfter(streams.get(record.stream), record))
  }
  return streams
}

function waitsAfter(before: boolean | undefined, { kind, envelope }: StoredRecord): boolean {
  if (kind === 'paused') return true
  const { cause, outcome } = JSON.parse(envelope) as {
    readonly cause: { readonly type: string }
    readonly outcome?: object
  }
  if (outcome !== undefined || (kind === 'noted' && cause.type === 'limit.raised')) return false
  return before ?? false
}
