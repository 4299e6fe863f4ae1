import type { Failure } from '@roster/core'

/** Why a step ended before the model answered. */
export function stoppedBy(signal: AbortSignal): Failure {
  const reason: unknown = signal.reason
  if (reason instanceof Error && reason.name === 'TimeoutError') return timedOut
  return { code: 'cancelled', message: 'the model step was withdrawn before the model answered' }
}

export const timedOut: Failure = {
  code: 'timeout',
  message: 'the model did not answer within its time',
  hint: 'Raise the time limit of one effect, or use a faster model.',
}
