import { resolve } from 'node:path'

import { isFailure, RosterError, type ErrorCode, type Failure, type Json } from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import { openTeam, type OpenOptions } from '../embedded/open-team.ts'
import { connectOperations } from '../socket/index.ts'
import type { Operations, Replay, TaskSummary } from './operations.ts'
import type { InputOf, NamesOf, ResultOf } from './playbook-types.ts'

/** How a task ended. */
export type TaskOutcome<Output> =
  | { readonly status: 'done'; readonly output: Output }
  | { readonly status: 'declined'; readonly by: string; readonly reason: string }
  | { readonly status: 'refused' | 'failed' | 'cancelled' | 'stopped'; readonly error: Failure }

/** A task that was published. */
export interface TaskHandle<Output> {
  readonly id: string
  /** Each transition made for it, by its playbook, its jobs and the colleagues, from the first until it has ended. */
  watch(): AsyncIterable<{ readonly who: string; readonly state: Json; readonly at: number }>
  /** How it ends; waits until it does. */
  outcome(): Promise<TaskOutcome<Output>>
  /** What it puts out. @throws RosterError with the code, path and hint of what refused it. */
  result(): Promise<Output>
}

/** A team, as code uses it. */
export interface Client<T extends TeamOf> extends AsyncDisposable {
  /**
   * Publishes a task. The same key again is the same task; without a key it is a new one each time. What the team cannot take is no error
   * here: the task ends as `refused`, with its record.
   */
  publish<Name extends NamesOf<T>>(
    playbook: Name,
    input: InputOf<T, Name>,
    options?: { readonly idempotencyKey?: string; readonly requester?: string; readonly priority?: number },
  ): Promise<TaskHandle<ResultOf<T, Name>>>
  /** Steps a task again, to a version of its own stream if asked, and compares every digest. No model, tool or network is touched. @throws RosterError `unknown-task`, `usage` */
  replay(task: string, options?: { readonly to?: { readonly version: number } }): Promise<Replay>
  /** Everything else that can be asked of a team. */
  readonly operations: Operations
}

/**
 * Connects to a team: to the process that holds its folder (`.roster/` unless told otherwise), else it is hosted in this process until the
 * client is disposed of. `options` beside the folder hold only where it is hosted here.
 *
 * @throws RosterError `store-locked`, `store-unavailable`, `policy-invalid`, `definition-changed`, `disk-full`
 * @example await using roster = await connect(newsroom)
 */
export async function connect<T extends TeamOf>(team: T, options: OpenOptions = {}): Promise<Client<T>> {
  const running = await connectOperations(resolve(options.folder ?? '.roster'))
  if (running !== undefined) return clientOf<T>(running, async () => await running[Symbol.asyncDispose]())
  const opened = await openTeam(team, options)
  return clientOf<T>(opened, async () => await opened[Symbol.asyncDispose]())
}

/** A client over operations, wherever they are. */
export function clientOf<T extends TeamOf>(operations: Operations, dispose: () => Promise<void>): Client<T> {
  let published = 0
  return {
    operations,
    async publish(playbook, input, { idempotencyKey, requester = 'client', priority } = {}) {
      const key = idempotencyKey ?? `${process.pid}-${performance.timeOrigin}-${(published += 1)}`
      const urgency = priority === undefined ? {} : { priority }
      const publication = { playbook, input: input as Json, idempotencyKey: key, requester, ...urgency }
      const { task } = await operations.publish(publication)
      return handleOf(operations, task)
    },
    replay: (task, { to } = {}) =>
      operations.replay({ subject: task, ...(to === undefined ? {} : { to: to.version }) }),
    [Symbol.asyncDispose]: dispose,
  }
}

/** How long one look at a task lasts, in milliseconds. */
const lookMs = 60_000

function handleOf<Output>(operations: Operations, id: string): TaskHandle<Output> {
  const outcome = async (): Promise<TaskOutcome<Output>> => {
    for (;;) {
      const summary = await operations.settled(id, lookMs)
      if (summary.endedAt !== null) return outcomeOf(summary)
    }
  }
  return {
    id,
    outcome,
    async *watch() {
      let after = 0
      for (;;) {
        const records = await operations.log({ task: id, after })
        for (const { position, envelope } of records) {
          after = position
          yield { who: envelope.who.colleague, state: envelope.after, at: envelope.at }
        }
        if (
          records.length === 0 &&
          (await operations.settled(id, lookMs)).endedAt !== null &&
          (await operations.log({ task: id, after })).length === 0
        )
          return
      }
    },
    async result() {
      const ended = await outcome()
      if (ended.status === 'done') return ended.output
      if (ended.status === 'declined')
        throw new RosterError('refused', `${ended.by} declined: ${ended.reason}`, { path: `person/${ended.by}` })
      const { code, message, ...detail } = ended.error
      throw new RosterError(code as ErrorCode, message, detail)
    },
  }
}

function outcomeOf<Output>({ status, outcome, error }: TaskSummary): TaskOutcome<Output> {
  if (status === 'done') return { status, output: outcome as Output }
  const failure = isFailure(error) ? error : { code: 'failed', message: `the task ended as ${status}` }
  if (failure.code === 'declined')
    return { status: 'declined', by: (failure.path ?? '').replace('person/', ''), reason: failure.message }
  return {
    status: status === 'refused' || status === 'cancelled' || status === 'stopped' ? status : 'failed',
    error: failure,
  }
}
