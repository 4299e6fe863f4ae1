import type { Operations } from 'roster/client'

import { CommandError } from '../failure/command-error.ts'

export function interruption(): CommandError {
  return new CommandError('interrupted', 'interrupted')
}

/** Operations over one function that calls; each call ends with an interruption as soon as the signal says so. */
export function interruptible(
  call: (method: keyof Operations, args: readonly unknown[]) => Promise<unknown>,
  signal: AbortSignal,
): Operations {
  return new Proxy({} as Operations, {
    get: (_, method) => {
      // A promise is told from other objects by its `then`.
      if (typeof method !== 'string' || method === 'then') return undefined
      return (...args: readonly unknown[]) => unlessInterrupted(call(method as keyof Operations, args), signal)
    },
  })
}

export async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw interruption()
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(interruption())
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
