import type { AutonomyLevel } from '../autonomy/level.ts'
import type { Label } from '../message/label.ts'
import type { Place } from '../record/record.ts'

/** What can be asked of the policy. */
export type PolicyAction = 'publish' | 'send' | 'use' | 'think' | 'decide' | 'cancel' | 'deploy' | 'stop' | 'promote'

/** Who acts. */
export interface Principal {
  readonly kind: 'agent' | 'person' | 'task' | 'client' | 'system'
  readonly name: string
  readonly role: string
}

/** One question: may this principal do this to that, in these circumstances? Only attributes that can be cached; amounts go to deciders. */
export interface Question {
  readonly principal: Principal
  readonly action: PolicyAction
  readonly resource: {
    readonly kind: 'tool' | 'playbook' | 'colleague' | 'model' | 'approval' | 'team' | 'task'
    readonly name: string
  }
  readonly context: {
    readonly integrity: Label['integrity']
    /** Whether a valid approval of the exact arguments is at hand. */
    readonly approved: boolean
    /** Whether a deterministic check vouches for the exact arguments. */
    readonly endorsed: boolean
    readonly consequential: boolean
    /** Which kind of work or message, for `send` and `decide`; `stop` or `resume`, and the level for `promote`. */
    readonly kind: string
    /** How freely the principal acts, if it is an agent. @defaultValue empty */
    readonly level?: AutonomyLevel | ''
    /** What was read on the way here: see {@link Label.sources}. @defaultValue nothing */
    readonly sources?: readonly string[]
    /** Where the code of the tool runs, for `use`. @defaultValue empty */
    readonly place?: Place | ''
  }
}

/** The answer. A default deny has no determining policy; `reason` says so in words. */
export interface Verdict {
  readonly allowed: boolean
  /** Ids of the policies that determined it. */
  readonly policies: readonly string[]
  /** SHA-256 of the policy set. */
  readonly policySet: string
  readonly reason: string
}
