import type { NewPending, TaskStarter } from '@roster/core'
import type { CoordinatedPorts } from '@roster/runtime'

/** Drives the tasks of a team outside of its host. */
export interface TaskDriver extends AsyncDisposable {
  readonly starter: TaskStarter
  /** Brings word of stored messages to tasks; does not wait. */
  readonly deliver: (messages: readonly NewPending[]) => void
  /** Brings word of one; answers whether it is known there now. */
  readonly bring: (message: NewPending) => Promise<boolean>
  /** Begins, once everything else stands; what nobody drives is driven again, now and from time to time. */
  start(): Promise<void>
}

/** Opens a driver of tasks on what an assembly has. */
export type OpenTaskDriver = (
  ports: CoordinatedPorts,
  options: { readonly name: string; readonly build: string },
) => Promise<TaskDriver>
