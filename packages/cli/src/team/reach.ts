import { setTimeout as delay } from 'node:timers/promises'

import type { Operations } from 'roster/client'

import { isRetryable, isRosterError } from '../failure/failure-of.ts'
import { interruptible } from './interruptible.ts'
import type { Hosted, Openers } from './openers.ts'
import type { TeamModule } from './team-module.ts'

/** How long a command waits for another that opens or closes the same folder: a busy machine takes its time to make a new one. */
const patienceMs = 30_000
const pauseMs = 200

/** Operations to be asked; `hosted` is there when this process hosts the team, and not when another one does. */
export interface Reached extends AsyncDisposable {
  readonly operations: Operations
  readonly hosted: Hosted | undefined
}

export interface ReachOptions {
  readonly folder: string
  readonly by: string | undefined
  readonly signal: AbortSignal
  readonly now: () => number
  /** Loads the team; called when no process hosts it. */
  readonly team: () => Promise<TeamModule>
  readonly openers: Openers
  /** Told once when another process is waited for. */
  readonly held?: () => void
}

/**
 * Asks the process that holds the folder, or else hosts the team in this process for as long as the command takes.
 *
 * - R1 a folder that another command holds for a moment is waited for, not refused
 * - R2 a call whose process ended is asked again of whoever holds the folder next, once; a decision is not, since it is signed anew
 * - R3 an interrupt ends whatever waits, and what was opened is closed
 */
export async function reach(options: ReachOptions): Promise<Reached> {
  let current = await reachOnce(options)
  const again = async (method: keyof Operations, args: readonly unknown[]): Promise<unknown> => {
    const used = current
    try {
      return await called(used.operations, method, args)
    } catch (error) {
      if (method === 'decide' || !isRetryable(error, 'store-unavailable') || options.signal.aborted) throw error
      if (used === current) current = await reachOnce(options)
      return called(current.operations, method, args)
    }
  }
  return {
    operations: interruptible(again, options.signal),
    get hosted() {
      return current.hosted
    },
    [Symbol.asyncDispose]: async () => current[Symbol.asyncDispose](),
  }
}

async function reachOnce({ folder, by, signal, now, team, openers, held }: ReachOptions): Promise<Reached> {
  const until = now() + patienceMs
  let told = false
  for (;;) {
    const beside = await openers.connect(folder)
    if (beside !== undefined)
      return { operations: beside, hosted: undefined, [Symbol.asyncDispose]: () => beside[Symbol.asyncDispose]() }
    const { team: loaded } = await team()
    try {
      const hosted = await openers.open(loaded, { folder, ...(by === undefined ? {} : { by }) })
      return { operations: hosted, hosted, [Symbol.asyncDispose]: () => hosted[Symbol.asyncDispose]() }
    } catch (error) {
      if (!isRosterError(error, 'store-locked') || now() >= until || signal.aborted) throw error
    }
    if (!told) held?.()
    told = true
    await delay(pauseMs)
  }
}

async function called(operations: Operations, method: keyof Operations, args: readonly unknown[]): Promise<unknown> {
  return (operations[method] as (...all: readonly unknown[]) => Promise<unknown>)(...args)
}
