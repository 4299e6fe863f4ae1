import type { NewPending, TaskStarter } from '@roster/core'
import type { CoordinatedPorts } from '@roster/runtime'

/** Drives the tasks of a team outside of its host. */
export interface TaskDriver extends AsyncDisposable {
  readonly starter: TaskStarter
  /** Brings word of stored messages to tasks. */
  readonly deliver: (messages: readonly NewPending[]) => void
  /** Drives again what nobody drives: once everything else stands, and then now and again. */
  reconcile(): Promise<void>
}

/** Opens a driver of tasks on what an assembly has. */
export type OpenTaskDriver = (
  ports: CoordinatedPorts,
  options: { readonly name: string; readonly build: string },
) => Promise<TaskDriver>
