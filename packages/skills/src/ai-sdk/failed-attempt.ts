import type { Attempt } from '../model/attempt.ts'
import { stoppedBy } from '../model/stopped.ts'
import { noUsage } from '../model/usage.ts'
import { priced, type TokenCount } from '../price/price.ts'
import type { Caller } from './call-model.ts'

/** A provider's own words can be long and are somebody else's text. */
const longestMessage = 300

/** Whatever a call threw, as data. Nothing of it but a redacted message leaves here: requests, responses and headers hold keys. */
export async function failedAttempt(
  error: unknown,
  { signal, most, caller }: { signal: AbortSignal; most: TokenCount; caller: Caller },
): Promise<Attempt> {
  const used = { ...noUsage, modelCalls: 1 }
  if (signal.aborted)
    return { kind: 'failed', failure: stoppedBy(signal), retryable: false, usage: priced(most, caller.price) }
  const said = caller.redact.message(error instanceof Error ? error.message : String(error)).slice(0, longestMessage)
  const { APICallError } = await import('ai')
  if (!APICallError.isInstance(error)) {
    return {
      kind: 'failed',
      failure: { code: 'model-failed', message: `${caller.name} could not be asked: ${said}` },
      retryable: false,
      usage: used,
    }
  }
  const { statusCode, isRetryable } = error
  const answered = statusCode === undefined ? 'cannot be reached' : `answered ${statusCode}`
  const message = `the provider of ${caller.name} ${answered}${said === '' ? '' : `: ${said}`}`
  const failure = { code: 'model-failed', message, hint: hintFor(statusCode) }
  // A success that cannot be read was paid for; a refusal was not.
  const paid = statusCode !== undefined && statusCode < 300
  return { kind: 'failed', failure, retryable: isRetryable, usage: paid ? priced(most, caller.price) : used }
}

function hintFor(status: number | undefined): string {
  if (status === undefined) return 'Look at the network, and at OPENAI_BASE_URL if it is set.'
  if (status === 401 || status === 403) return 'Look at the key of the provider in the environment.'
  if (status === 404) return 'Look at the name of the model (ROSTER_MODEL).'
  if (status === 429 || status >= 500) return 'Try again later.'
  return 'The provider does not take this request; its message says why.'
}
