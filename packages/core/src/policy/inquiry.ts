import type { Actor } from '../actor/actor.ts'
import type { EffectRequest } from '../actor/consequence.ts'
import { defaultLevel, type AutonomyLevel } from '../autonomy/level.ts'
import type { Terms } from '../autonomy/terms.ts'
import type { Failure } from '../error/failure.ts'
import type { Sha256 } from '../json/sha256.ts'
import type { Label } from '../message/label.ts'
import type { Policy } from '../port/policy.ts'
import type { Decision } from '../record/record.ts'
import { colleagueOf, type Team } from '../team/team.ts'
import { asText } from './principal.ts'
import type { Principal, Question } from './question.ts'

/** Whether an effect may start; asked when it is stored and again just before it is run. */
export interface EffectVerdict {
  readonly decision: Decision
  /** Why not, as the machine is told; `null` when it may. */
  readonly denial: Failure | null
  /** Names of the approvals that it uses up: they count for nothing else from now on. */
  readonly approvals: readonly string[]
}

/** In which circumstances an effect is asked for. */
export interface EffectCircumstances {
  readonly team: Team
  readonly policy: Policy
  readonly sha256: Sha256
  /** In milliseconds since 1970. */
  readonly now: number
  /**
   * Whether an approval, by its name, may be used by this effect: when it is stored, any that no other effect has used up; when it is run,
   * only those that it used up when it was stored.
   */
  readonly usable: (approval: string) => boolean
  /** On which terms the colleague works that asks for it. @defaultValue none that people have decided */
  readonly terms?: Terms
}

/** An effect, who asks for it, and in which circumstances. */
export interface Inquiry extends EffectCircumstances {
  readonly principal: Principal
  readonly actor: Actor
  readonly effect: EffectRequest
}

/** The label of whoever asks: what has none is not trusted. */
export function labelOf({ actor }: Inquiry): Label {
  return actor.state?.label ?? { integrity: 'untrusted', sources: [] }
}

/** How freely the principal acts: as people have decided, else as its author has declared. */
export function levelOf({ team, actor, principal, terms }: Inquiry): AutonomyLevel | '' {
  if (principal.kind !== 'agent') return ''
  return terms?.level ?? colleagueOf(team, actor.stream)?.autonomy ?? defaultLevel
}

/** The policy's answer to a question about the effect. */
export function answered({ policy, effect }: Inquiry, question: Question): EffectVerdict {
  const decision = { ...policy.decide(question), ...asText(question), concerns: effect.id }
  if (decision.allowed) return { decision, denial: null, approvals: [] }
  const hint = 'Grant it in a policy file, or ask a person. `roster can` explains it.'
  return { decision, denial: { code: 'denied', message: decision.reason, hint }, approvals: [] }
}

/** A no that is no policy's. */
export function refused(
  { policy, effect }: Inquiry,
  question: Pick<Question, 'principal' | 'action' | 'resource'>,
  denial: Failure,
): EffectVerdict {
  const verdict = { allowed: false, policies: [], policySet: policy.digest, reason: denial.message }
  return { decision: { ...verdict, ...asText(question), concerns: effect.id }, denial, approvals: [] }
}
