import { describe } from 'vitest'

import type { OpenCoordinator } from './coordinated.ts'
import { coordinatorCrashContract } from './coordinator-crash-contract.ts'
import { coordinatorIntakeContract } from './coordinator-intake-contract.ts'
import { coordinatorManyContract } from './coordinator-many-contract.ts'
import { coordinatorQueueContract } from './coordinator-queue-contract.ts'
import { coordinatorSignalContract } from './coordinator-signal-contract.ts'
import { coordinatorStateContract } from './coordinator-state-contract.ts'
import { coordinatorTimeContract } from './coordinator-time-contract.ts'
import { coordinatorUndoContract } from './coordinator-undo-contract.ts'

export interface CoordinatorContractOptions {
  /** Tasks at once in the test of many. @defaultValue 1000 */
  readonly many?: number
}

/**
 * Everything that whoever drives tasks has to do, as tests: a host that drives them itself, and a coordinator outside of one.
 *
 * @example
 * coordinatorContract('embedded', openEmbedded)
 */
export function coordinatorContract(
  name: string,
  open: OpenCoordinator,
  options: CoordinatorContractOptions = {},
): void {
  describe(`${name} coordinator`, { timeout: 60_000 }, () => {
    coordinatorStateContract(open)
    coordinatorTimeContract(open)
    coordinatorSignalContract(open)
    coordinatorUndoContract(open)
    coordinatorIntakeContract(open)
    coordinatorCrashContract(open)
    coordinatorManyContract(open, options.many ?? 1000)
    coordinatorQueueContract(open, options.many ?? 1000)
  })
}
