import type { Attempt, Correction } from './attempt.ts'
import { checkAttempt } from './check-attempt.ts'
import type { ThinkOptions, ThinkOutcome, ThinkRequest } from './model-step.ts'
import { stoppedBy } from './stopped.ts'
import { addUsage, noUsage } from './usage.ts'

/** Model calls of one step: the first, and one that is shown what did not fit. */
const maxAttempts = 2

/**
 * Asks once, and once more with the problem if what came does not fit. Usage of all calls is counted in every outcome.
 *
 * The second call happens within the same step and the same time limit: it corrects the form of an answer and decides nothing.
 */
export async function thinkWithRepair(
  request: ThinkRequest,
  { signal }: Pick<ThinkOptions, 'signal'>,
  ask: (correction: Correction | undefined, attempt: number) => Promise<Attempt>,
): Promise<ThinkOutcome> {
  let usage = noUsage
  let correction: Correction | undefined
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (signal.aborted) return { kind: 'failed', failure: stoppedBy(signal), retryable: false, usage }
    const given = await ask(correction, attempt)
    usage = addUsage(usage, given.usage)
    const checked = checkAttempt(given, request)
    if ('kind' in checked) return { ...checked, usage }
    correction = checked
  }
  const message = `the model gave no answer that fits in ${maxAttempts} attempts: ${correction?.problem ?? ''}`
  const hint = 'Say in the instructions what is expected, raise maxOutputTokens, or use a stronger model.'
  return { kind: 'failed', failure: { code: 'model-failed', message, hint }, retryable: false, usage }
}
