import type { AutonomyLevel } from './level.ts'

/** On which terms a colleague, or the whole team, works: what people have decided about it, beside its machine. */
export interface Terms {
  /** While it is there, no effect of theirs starts; what is pending waits. */
  readonly stopped?: Stop
  /** While it is there, nothing is done in their name: what is open is ended, and what comes is refused. */
  readonly revoked?: Stop
  /** What they were promoted or demoted to. */
  readonly level?: AutonomyLevel
  /** Pieces of work that have failed one after the other; only where its definition declares a demotion. */
  readonly failures?: number
}

/** Who stopped or revoked it, when, and why. */
export interface Stop {
  /** The sender of the message: `client/ada`. */
  readonly by: string
  /** In milliseconds since 1970. */
  readonly at: number
  readonly because: string
}
