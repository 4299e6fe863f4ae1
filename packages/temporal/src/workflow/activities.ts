import type { TaskSteps } from '@roster/core'
import { proxyLocalActivities } from '@temporalio/workflow'

/**
 * The steps of tasks as local activities: no task queue, no events but their answer. What fails because the store does not answer is tried
 * for as long as it takes; what trying again would not mend fails the workflow, which the reconciler starts again once it was mended.
 */
export const steps = proxyLocalActivities<Pick<TaskSteps, 'advance' | 'resume'>>({
  startToCloseTimeout: '1 minute',
  localRetryThreshold: '1 minute',
  retry: { initialInterval: '50 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
})
