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

/** What a promise gives, unless the signal comes first: what ignores its signal must not keep a step from ending. Rejects with the signal's reason. */
export async function unlessStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const done = new AbortController()
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(signal.reason as Error)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true, signal: done.signal })
  })
  try {
    return await Promise.race([promise, stopped])
  } finally {
    done.abort()
  }
}
