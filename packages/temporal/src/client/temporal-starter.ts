import { own, parseStream, RosterError, type Message, type NewPending, type TaskStarter, type Team } from '@roster/core'
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client'

import { taskQueueOf, workflowIdOf } from '../workflow-id.ts'
import { takeUpdate, wakeSignal, workflowType, type Taken, type TaskInput } from '../workflow/protocol.ts'

/** How a starter reaches Temporal. */
export interface StarterOptions {
  readonly client: Client
  readonly team: Team
  /** @defaultValue `roster/<team>` */
  readonly taskQueue?: string
}

/** Starts and wakes the workflows of tasks. */
export class TemporalStarter implements TaskStarter {
  readonly #client: Client
  readonly #team: Team
  readonly #taskQueue: string

  constructor({ client, team, taskQueue = taskQueueOf(team.name) }: StarterOptions) {
    this.#client = client
    this.#team = team
    this.#taskQueue = taskQueue
  }

  async start(first: NewPending): Promise<'started' | 'known'> {
    const { kind = '', sender } = JSON.parse(first.body) as Message
    return await this.#start(
      { stream: first.stream, kind, playbook: this.#playbookOf(kind) },
      'REJECT_DUPLICATE',
      sender,
    )
  }

  /**
   * Starts the workflow of a task again whose records are there, unless it runs: one that was lost, or that failed.
   *
   * @param kind the name of its playbook
   * @param playbook the playbook with the version on which the task began
   * @throws RosterError `coordinator-unavailable` (retryable)
   */
  async restart(stream: string, kind: string, playbook: string | null): Promise<'started' | 'known'> {
    return await this.#start({ stream, kind, playbook, resumes: true }, 'ALLOW_DUPLICATE_FAILED_ONLY', 'reconciler')
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

  async #start(
    input: TaskInput,
    workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY',
    requester: string,
  ): Promise<'started' | 'known'> {
    const { stream, playbook, kind } = input
    const { team } = parseStream(stream)
    try {
      await this.#client.workflow.start(workflowType, {
        workflowId: workflowIdOf(stream),
        taskQueue: this.#taskQueue,
        args: [input],
        workflowIdReusePolicy,
        workflowIdConflictPolicy: 'FAIL',
        staticSummary: playbook ?? kind,
        memo: { team, playbook: playbook ?? kind, requester, stream },
      })
      return 'started'
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return 'known'
      throw unavailable(error)
    }
  }
}

function unavailable(cause: unknown): RosterError {
  return new RosterError('coordinator-unavailable', `Temporal does not answer: ${(cause as Error).message}`, {
    hint: 'Look whether the server runs; what was accepted is stored, and the reconciler brings it.',
    retryable: true,
    cause,
  })
}
