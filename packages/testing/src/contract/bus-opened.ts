import type { Bus } from '@roster/core'
import type { it } from 'vitest'

/**
 * What a bus may be able to do beyond carrying:
 *
 * - `keeps`: what is published while nobody listens is handed over when somebody does
 * - `repeats`: what is not acknowledged comes again by itself
 * - `processes`: several processes meet on it; `another` opens a further one
 */
export type BusCapability = 'keeps' | 'repeats' | 'processes'

/** A bus as a contract suite is handed it: empty, and of nobody else. */
export interface OpenedBus extends AsyncDisposable {
  readonly bus: Bus
  /** The bus as a further process has it. It is closed with the first one. */
  readonly another?: () => Promise<Bus>
  /** Lets the time pass after which something unacknowledged comes again. A bus with a real clock leaves it out: then it is waited for. */
  readonly outlast?: () => void
}

/** Opens an empty bus. Called for each test. */
export type OpenBus = () => Promise<OpenedBus>

/** `it` for those that have a capability, and a skip that says why not for others. */
export type Able = (capability: BusCapability) => typeof it
