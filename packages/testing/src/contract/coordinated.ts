import type { Policy, Store, Team } from '@roster/core'
import type { EffectRunner, IntakePorts } from '@roster/runtime'

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
}

/** Opens a coordinator on a store of its own. */
export type OpenCoordinator = (parts: CoordinatorParts) => Promise<Coordinated>
