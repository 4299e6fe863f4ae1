import type { NewPending, StreamName } from '@roster/core'

import type { HostOptions, TransitionPorts } from '../host/ports.ts'

/** What tasks under a coordinator are taken forward with. */
export interface CoordinatedPorts extends TransitionPorts {
  /** Takes up rows that a task's record has stored: messages to colleagues. */
  readonly deliver: (rows: readonly NewPending[]) => void
  /** How much is waiting for a colleague or open in it, for asks of a role. @defaultValue nothing is known: the first of a role gets it */
  readonly load?: (colleague: StreamName) => number
}

/** How tasks under a coordinator are taken forward. */
export type CoordinatedOptions = Pick<
  HostOptions,
  'name' | 'build' | 'mailboxDepth' | 'maxAttempts' | 'maxActors' | 'snapshotEvery'
>
