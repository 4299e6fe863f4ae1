import type { Clock, Policy, Store } from '@roster/core'
import type { IntakePorts } from '@roster/runtime'

import type { TeamOf } from '../author/team.ts'
import type { CheckpointLog } from '../embedded/checkpoints.ts'
import type { CommitLog } from '../embedded/commits.ts'
import type { Keys } from '../embedded/keys.ts'

/** What the operations of a running team are made on. */
export interface OperationsContext {
  readonly team: TeamOf
  readonly store: Store
  /** Whoever works here: `idle` resolves when nothing is under way. */
  readonly host: { idle(): Promise<void> }
  readonly intake: IntakePorts
  readonly policy: Policy
  readonly keys: Keys
  readonly checkpoints: CheckpointLog
  readonly commits: Pick<CommitLog, 'all'>
  readonly clock: Clock
  /** Resolves when something was appended, or after `ms`. */
  readonly changed: (ms: number) => Promise<void>
}
