import {
  own,
  parseStream,
  RosterError,
  type Message,
  type NewPending,
  type StreamName,
  type TaskStarter,
  type Team,
} from '@roster/core'
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client'

import { taskQueueOf, workflowIdOf } from '../workflow-id.ts'
import { described } from './described.ts'
import { grpcCodeOf, invalidArgument } from './grpc-code.ts'
import { takeUpdate, wakeSignal, workflowType, type Taken, type TaskInput } from '../workflow/protocol.ts'

/** How a starter reaches Temporal. */
export interface StarterOptions {
  readonly client: Client
  readonly team: Team
  /** @defaultValue `roster/<team>` */
  readonly taskQueue?: string
  /** Prepares a server that has forgotten what it knew of tasks, before a start is tried once more. @defaultValue nothing is tried again */
  readonly prepare?: () => Promise<void>
}

/** A task that has begun. */
export interface Begun {
  readonly stream: StreamName
  /** The name of its playbook. */
  readonly kind: string
  /** The playbook with the version on which it began. */
  readonly playbook: string | null
  /** Name of whoever published it. */
  readonly requester: string
}

/** Starts and wakes the workflows of tasks. */
export class TemporalStarter implements TaskStarter {
  readonly #client: Client
  readonly #team: Team
  readonly #taskQueue: string
  readonly #prepare: (() => Promise<void>) | undefined

  constructor({ client, team, taskQueue = taskQueueOf(team.name), prepare }: StarterOptions) {
    this.#client = client
    this.#team = team
    this.#taskQueue = taskQueue
    this.#prepare = prepare
  }

  async start(first: NewPending): Promise<'started' | 'known'> {
    const { kind = '', sender } = JSON.parse(first.body) as Message
    const input = { stream: first.stream, kind, playbook: this.#playbookOf(kind) }
    return await this.#start(input, 'REJECT_DUPLICATE', parseStream(sender).name)
  }

  /**
   * Starts the workflow of a task again whose records are there, unless it runs: one that was lost, or that failed.
   *
   * @throws RosterError `coordinator-unavailable` (retryable)
   */
  async restart({ requester, ...task }: Begun): Promise<'started' | 'known'> {
    return await this.#start({ ...task, resumes: true }, 'ALLOW_DUPLICATE_FAILED_ONLY', requester)
  }

  async wake({ stream, id }: NewPending): Promise<'woken' | 'ended'> {
    try {
      await this.#client.workflow.getHandle(workflowIdOf(stream)).signal(wakeSignal, id)
      return 'woken'
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'ended'
      throw unavailable(error)
    }
  }

  /**
   * Brings word of a stored message, and waits until it is known what became of it: taken, refused or denied, with the reason; or not there
   * any more.
   *
   * @throws RosterError `coordinator-unavailable` (retryable)
   */
  async take({ stream, id }: Pick<NewPending, 'stream' | 'id'>): Promise<Taken> {
    try {
      const handle = this.#client.workflow.getHandle(workflowIdOf(stream))
      return await handle.executeUpdate<Taken, [string]>(takeUpdate, { args: [id], updateId: id })
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { taken: false }
      throw unavailable(error)
    }
  }

  #playbookOf(kind: string): string | null {
    return own(this.#team.playbooks, kind)?.definition.id ?? null
  }

  // oxlint-disable-next-line max-params -- the second try is the first one, prepared
  async #start(
    input: TaskInput,
    workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY',
    requester: string,
    prepared = false,
  ): Promise<'started' | 'known'> {
    try {
      await this.#client.workflow.start(workflowType, {
        ...described(input, requester),
        workflowId: workflowIdOf(input.stream),
        taskQueue: this.#taskQueue,
        args: [{ ...input, visible: true }],
        workflowIdReusePolicy,
        workflowIdConflictPolicy: 'FAIL',
      })
      return 'started'
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return 'known'
      if (prepared || this.#prepare === undefined || grpcCodeOf(error) !== invalidArgument) throw unavailable(error)
    }
    // It does not know the search attributes that a start names.
    await this.#prepare()
    return await this.#start(input, workflowIdReusePolicy, requester, true)
  }
}

function unavailable(cause: unknown): RosterError {
  return new RosterError('coordinator-unavailable', `Temporal does not answer: ${(cause as Error).message}`, {
    hint: 'Look whether the server runs; what was accepted is stored, and the reconciler brings it.',
    retryable: true,
    cause,
  })
}
