import { isRosterError, type TaskSteps } from '@roster/core'
import { ApplicationFailure } from '@temporalio/common'

/** A task's steps as Temporal's activities: what trying again would not mend is not tried again. */
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
      nonRetryable: !retryable,
      details: [{ path, hint }],
      cause: error,
    })
  }
}
