import {
  failureOf,
  type Failure,
  type Json,
  type Sandbox,
  type SandboxOptions,
  type SandboxOutcome,
} from '@roster/core'

import { boundsOf } from './bounds.ts'
import type { StartCell } from './cell.ts'
import { Session, type Program } from './session.ts'
import { stopwatch } from './stopwatch.ts'
import { WarmPool, type PoolSize } from './warm-pool.ts'

/** A sandbox on cells of some kind. */
export function sandboxOf(confinement: string, start: StartCell, size: PoolSize): Sandbox {
  const pool = new WarmPool(start, size)
  return {
    confinement,
    async run(code, input, options = {}) {
      const program = programOf(code, input, options)
      if ('failure' in program) return failed(program.failure)
      try {
        return await pool.use(async (cell) => await underSignal(new Session(cell, program, stopwatch), options.signal))
      } catch (error) {
        const hint = 'Look at what the machine allows: threads, processes, memory.'
        return failed({ ...failureOf(error), code: 'place-unavailable', hint })
      }
    },
    [Symbol.asyncDispose]: async () => await pool[Symbol.asyncDispose](),
  }
}

function programOf(code: string, input: Json, options: SandboxOptions): Program | { readonly failure: Failure } {
  const limits = boundsOf(options.limits)
  const text = JSON.stringify(input)
  for (const [what, size] of [
    ['the program', Buffer.byteLength(code)],
    ['its input', Buffer.byteLength(text)],
  ] as const)
    if (size > limits.inputBytes)
      return {
        failure: { code: 'size-exceeded', message: `${what} has ${size} bytes, more than ${limits.inputBytes}` },
      }
  return { code, input: text, limits, functions: options.functions ?? {} }
}

async function underSignal(session: Session, signal: SandboxOptions['signal']): Promise<SandboxOutcome> {
  const cancel = (): void => session.fail({ code: 'cancelled', message: 'it was ended from outside' })
  if (signal?.aborted === true) cancel()
  signal?.addEventListener('abort', cancel)
  try {
    return await session.outcome
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

function failed(failure: Failure): SandboxOutcome {
  return { kind: 'failed', failure, used: { wallMs: 0, hostCalls: 0 } }
}
