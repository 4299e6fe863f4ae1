import type { Policy, Store, Team } from '@roster/core'
import type { EffectRunner, IntakePorts, Scheduler } from '@roster/runtime'

import type { CrashOrders } from '../crash/crash-points.ts'

/** What a coordinator is opened with. */
export interface CoordinatorParts {
  readonly team: Team
  readonly policy: Policy
  /** Plays the tools of jobs. */
  readonly effects: EffectRunner
  readonly signatures: {
    readonly verify: (key: string, text: string, signature: string) => boolean
    readonly keysOf: (person: string) => readonly string[]
  }
  /** Where the process that drives tasks dies; another one takes its place by itself. @defaultValue nowhere */
  readonly crash?: CrashOrders
}

/** A coordinator at work, with a host for the colleagues and their jobs. */
export interface Coordinated extends AsyncDisposable {
  readonly store: Store
  readonly intake: IntakePorts
  /** How long a delay of a test takes, in milliseconds: short where time is real. */
  readonly delayMs: number
  /** Lets something happen: resolves when something may have. Where time is virtual and nothing is under way, it jumps. */
  pass(): Promise<void>
  /** Lets some time pass, in milliseconds, and whatever falls due in it happen. */
  wait(ms: number): Promise<void>
  /** Takes up all that is pending, as a process does when it starts. */
  recover(): Promise<void>
  /** Opens somebody who keeps the calendar, on a view of the store. @defaultValue the store as it is */
  openScheduler(view?: Store): Scheduler
}

/** Opens a coordinator on a store of its own. */
export type OpenCoordinator = (parts: CoordinatorParts) => Promise<Coordinated>
