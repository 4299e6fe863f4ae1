import { isRosterError, type TaskSteps } from '@roster/core'
import { ApplicationFailure } from '@temporalio/common'

/**
 * A task's steps as Temporal's activities: what trying again would not mend is not tried again. A task whose version of the playbook is not
 * here waits for a worker that has it.
 */
export function stepActivities(steps: TaskSteps): Pick<TaskSteps, 'advance' | 'resume'> {
  return {
    advance: (request) => told(steps.advance(request)),
    resume: (request) => told(steps.resume(request)),
  }
}

async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!isRosterError(error)) throw error
    const { code, message, path, hint, retryable } = error
    throw ApplicationFailure.create({
      type: code,
      message,
      nonRetryable: !retryable && code !== 'definition-changed',
      details: [{ path, hint }],
      cause: error,
    })
  }
}
