import type { Failure, Json, RecordKind, StreamName, Version } from '@roster/core'

/** The type under which the workflow of tasks is registered: the name of the export in the bundle's entry. */
export const workflowType = 'task'

/** The signal that names a stored message. */
export const wakeSignal = 'wake'

/** The update that names a stored message, and answers what became of it. */
export const takeUpdate = 'take'

/** The query for where a task stands. */
export const standingQuery = 'standing'

/** What a task's workflow is started with. Nothing in it is trusted: what is so is in the store. */
export interface TaskInput {
  readonly stream: StreamName
  /** The kind of task: the name of its playbook. */
  readonly kind: string
  /** The playbook with its version (`pay-invoice@1.0.0`); `null` for a kind that the team does not have, which is refused on record. */
  readonly playbook: string | null
  /** Whether records may be there already: after continuing as new, or when an earlier workflow was lost. */
  readonly resumes?: boolean
  /** Whether its search attributes are kept. Workflows of before there were any were started without it, and replay as they did. */
  readonly visible?: true
}

/** How a task's workflow ends. */
export interface TaskEnd {
  readonly status: string
  readonly code?: string
  readonly version: Version
}

/** What became of a message. */
export type Taken =
  | { readonly taken: true; readonly version: Version; readonly kind: RecordKind; readonly error?: Failure }
  /** It is not pending: it was handled before, or never stored. */
  | { readonly taken: false }

/** Where a task stands. */
export interface Standing {
  readonly version: Version
  readonly state: Json
  /** What it waits for: by invocation, what kind of answer and whose. */
  readonly waitingOn: readonly { readonly child: string; readonly skill: string; readonly to?: StreamName }[]
  /** Delays that are set: when each is due, in milliseconds since 1970. */
  readonly delays: readonly number[]
}
