import type { Failure } from 'roster'
import type { TaskSummary } from 'roster/client'

/** What a run tells, as it happens. With `--json` each is one line. */
export type DeskEvent =
  | {
      readonly type: 'started'
      readonly team: string
      readonly folder: string
      readonly model: string
      /** Whether the model is a script, and says so. */
      readonly scripted: boolean
      readonly people: 'played by a script' | 'asked in this terminal'
      /** Whether another process hosts the team. */
      readonly hostedElsewhere: boolean
      readonly documents: number
    }
  | { readonly type: 'task'; readonly task: string; readonly document: string; readonly known: boolean }
  /** Every document was settled before, and nothing was under way. */
  | { readonly type: 'nothing-left'; readonly tasks: number }
  | {
      readonly type: 'progress'
      readonly task: string
      readonly document: string
      readonly who: string
      readonly does: string
    }
  | {
      readonly type: 'approval'
      readonly task: string
      readonly document: string
      readonly person: string
      readonly tool: string
      readonly decision: 'approved' | 'declined'
      readonly by: 'script' | 'person'
    }
  | {
      readonly type: 'denial'
      readonly task: string
      readonly document: string
      readonly who: string
      readonly action: string
      readonly what: string
      readonly reason: string
      readonly policies: readonly string[]
    }
  | {
      readonly type: 'outcome'
      readonly task: string
      readonly document: string
      readonly status: TaskSummary['status']
      readonly outcome: string
      readonly why: string
      readonly error: Failure | null
    }
  | {
      readonly type: 'replay'
      readonly task: string
      readonly document: string
      readonly states: readonly { readonly version: number; readonly state: string }[]
      readonly why: string
      readonly verified: boolean
    }
