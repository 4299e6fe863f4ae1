import { argumentsDigest, type EffectRequest } from '../actor/consequence.ts'
import type { Actor } from '../actor/actor.ts'
import { findApproval, isEndorsed, type FoundApproval } from '../approval/evidence.ts'
import { validate } from '../contract/validate.ts'
import type { Failure } from '../error/failure.ts'
import { own } from '../json/own.ts'
import type { Sha256 } from '../json/sha256.ts'
import type { Policy } from '../port/policy.ts'
import type { Decision } from '../record/record.ts'
import { parseStream } from '../stream/stream-name.ts'
import { colleagueOf, type Need, type Team, type Tool } from '../team/team.ts'
import type { Principal, Question } from './question.ts'

/** Whether an effect may start; asked when it is stored and again just before it is run. */
export interface EffectVerdict {
  readonly decision: Decision
  /** Why not, as the machine is told; `null` when it may. */
  readonly denial: Failure | null
  /** Ids of the approvals that it uses up: they count for nothing else from now on. */
  readonly approvals: readonly string[]
}

interface Circumstances {
  readonly team: Team
  readonly policy: Policy
  readonly sha256: Sha256
  /** In milliseconds since 1970. */
  readonly now: number
  /**
   * Whether an approval, by its id, may be used by this effect: when it is stored, any that no other effect has used up; when it is run,
   * only those that it used up when it was stored.
   */
  readonly usable: (approval: string) => boolean
}

interface Inquiry extends Circumstances {
  readonly principal: Principal
  readonly actor: Actor
  readonly effect: EffectRequest
}

/** Decides an effect: the contract, the policy, and the approval or endorsement that its exact arguments need. */
export function authoriseEffect(actor: Actor, effect: EffectRequest, circumstances: Circumstances): EffectVerdict {
  const inquiry = { ...circumstances, actor, effect, principal: principalOf(circumstances.team, actor.stream) }
  return effect.skill === 'think' ? authoriseThink(inquiry) : authoriseUse(inquiry)
}

/** Who acts on a stream, as the policy knows them. */
export function principalOf(team: Team, stream: string): Principal {
  const { kind, name } = parseStream(stream)
  const colleague = colleagueOf(team, stream)
  if (colleague !== undefined) return { kind: colleague.kind, name: colleague.name, role: colleague.role }
  if (kind === 'task') return { kind: 'task', name, role: 'playbook' }
  return kind === 'client' ? { kind, name, role: 'client' } : { kind: 'system', name, role: 'system' }
}

function authoriseThink(inquiry: Inquiry): EffectVerdict {
  const { team, actor, principal } = inquiry
  const model = colleagueOf(team, actor.stream)?.model ?? 'none'
  const context = {
    integrity: integrityOf(actor),
    approved: false,
    endorsed: false,
    consequential: false,
    kind: 'think',
  }
  return answered(inquiry, { principal, action: 'think', resource: { kind: 'model', name: model }, context })
}

function authoriseUse(inquiry: Inquiry): EffectVerdict {
  const { team, effect, actor, principal } = inquiry
  const tool = own(team.tools, effect.name)
  if (tool === undefined)
    return refused(inquiry, { code: 'unknown-tool', message: `no tool "${effect.name}" is in the team` })
  const input = validate(tool.input, effect.input, 'input-invalid', `the input of ${tool.name}@${tool.version}`)
  if (!input.ok) return refused(inquiry, input.failure)
  const { need, found, endorsed } = evidenceOf(inquiry, tool)
  const approved = 'approval' in found
  const context = { integrity: integrityOf(actor), approved, endorsed, consequential: tool.consequential, kind: 'use' }
  const verdict = answered(inquiry, { ...used(inquiry), context })
  if ('approval' in found) return verdict.denial === null ? usingUp(verdict, [found.approval.id]) : verdict
  if (verdict.denial !== null && found.code === 'approval-required') return verdict
  if (verdict.denial === null && need === null) return verdict
  const condition = need === null ? verdict.decision.reason : `only after the ${need.role} approves: ${need.because}`
  const message = `${principal.name} may use ${tool.name} with these arguments ${condition}; ${found.missing}`
  return refused(inquiry, { code: found.code, message, hint: askAgain })
}

const askAgain = 'Ask a person to approve exactly these arguments; an approval counts for one act.'

function usingUp({ decision, denial }: EffectVerdict, approvals: readonly string[]): EffectVerdict {
  return { decision: { ...decision, approvals }, denial, approvals }
}

/** What an act has for itself. */
interface Evidence {
  readonly need: Need | null
  readonly found: FoundApproval
  readonly endorsed: boolean
}

function evidenceOf(inquiry: Inquiry, { name, gate }: Tool): Evidence {
  const { actor, effect, principal, policy, sha256, now, usable } = inquiry
  const { approvals = [], endorsements = [], origin } = actor.state ?? {}
  const need = gate?.(effect.input as never) ?? null
  const digest = argumentsDigest(effect.input, { sha256 })
  const whose = { task: origin?.correlationId ?? '', proposer: principal.name }
  const act = { tool: name, argumentsDigest: digest, policySet: policy.digest, ...whose, now, usable }
  const found = findApproval(approvals, need === null ? act : { ...act, role: need.role })
  return { need, found, endorsed: isEndorsed(endorsements, act) }
}

function integrityOf(actor: Actor): Question['context']['integrity'] {
  return actor.state?.label.integrity ?? 'untrusted'
}

function used({ principal, effect }: Inquiry): Pick<Question, 'principal' | 'action' | 'resource'> {
  return { principal, action: 'use', resource: { kind: 'tool', name: effect.name } }
}

function answered({ policy, effect }: Inquiry, question: Question): EffectVerdict {
  const decision = { ...policy.decide(question), ...asText(question), concerns: effect.id }
  if (decision.allowed) return { decision, denial: null, approvals: [] }
  const hint = 'Grant it in a policy file, or ask a person. `roster can` explains it.'
  return { decision, denial: { code: 'denied', message: decision.reason, hint }, approvals: [] }
}

function refused(inquiry: Inquiry, denial: Failure): EffectVerdict {
  const { policy, effect } = inquiry
  const verdict = { allowed: false, policies: [], policySet: policy.digest, reason: denial.message }
  return { decision: { ...verdict, ...asText(used(inquiry)), concerns: effect.id }, denial, approvals: [] }
}

/** A question's parts as a record keeps them. */
export function asText(
  question: Pick<Question, 'principal' | 'action' | 'resource'>,
): Pick<Decision, 'principal' | 'action' | 'resource'> {
  const { principal, action, resource } = question
  return { principal: `${principal.kind}/${principal.name}`, action, resource: `${resource.kind}/${resource.name}` }
}
