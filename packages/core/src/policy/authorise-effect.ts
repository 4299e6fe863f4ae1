import { argumentsDigest, type EffectRequest } from '../actor/arrange.ts'
import type { Actor } from '../actor/actor.ts'
import { findApproval, isEndorsed } from '../approval/evidence.ts'
import { validate } from '../contract/validate.ts'
import type { ErrorCode } from '../error/error-code.ts'
import type { Failure } from '../error/failure.ts'
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
}

interface Circumstances {
  readonly team: Team
  readonly policy: Policy
  readonly sha256: Sha256
  /** In milliseconds since 1970. */
  readonly now: number
}

/** Decides an effect: the contract, the policy, and the approval or endorsement that its exact arguments need. */
export function authoriseEffect(actor: Actor, effect: EffectRequest, circumstances: Circumstances): EffectVerdict {
  const principal = principalOf(circumstances.team, actor.stream)
  return effect.skill === 'think'
    ? authoriseThink(principal, actor, effect, circumstances)
    : authoriseUse(principal, actor, effect, circumstances)
}

/** Who acts on a stream, as the policy knows them. */
export function principalOf(team: Team, stream: string): Principal {
  const { kind, name } = parseStream(stream)
  const colleague = colleagueOf(team, stream)
  if (colleague !== undefined) return { kind: colleague.kind, name: colleague.name, role: colleague.role }
  if (kind === 'task') return { kind: 'task', name, role: 'playbook' }
  return { kind: kind === 'client' ? 'client' : 'system', name, role: kind === 'client' ? 'client' : 'system' }
}

function authoriseThink(
  principal: Principal,
  actor: Actor,
  effect: EffectRequest,
  { team, policy }: Circumstances,
): EffectVerdict {
  const model = colleagueOf(team, actor.stream)?.model ?? 'none'
  const context = {
    integrity: integrityOf(actor),
    approved: false,
    endorsed: false,
    consequential: false,
    kind: 'think',
  }
  return answered(policy, { principal, action: 'think', resource: { kind: 'model', name: model }, context }, effect.id)
}

function authoriseUse(
  principal: Principal,
  actor: Actor,
  effect: EffectRequest,
  circumstances: Circumstances,
): EffectVerdict {
  const { team, policy } = circumstances
  const tool = team.tools[effect.name]
  const asked = { principal, action: 'use' as const, resource: { kind: 'tool' as const, name: effect.name } }
  if (tool === undefined)
    return refused(asked, policy, effect, 'unknown-tool', `no tool "${effect.name}" is in the team`)
  const input = validate(tool.input, effect.input, 'input-invalid', `the input of ${tool.name}@${tool.version}`)
  if (!input.ok)
    return { ...refused(asked, policy, effect, 'input-invalid', input.failure.message), denial: input.failure }
  const evidence = evidenceOf(actor, effect, tool, principal, circumstances)
  const { approved, endorsed } = evidence
  const context = { integrity: integrityOf(actor), approved, endorsed, consequential: tool.consequential, kind: 'use' }
  const verdict = answered(policy, { ...asked, context }, effect.id)
  if (verdict.denial !== null || evidence.need === null || approved) return verdict
  const message = `${principal.name} may use ${tool.name} with these arguments only after the ${evidence.need.role} approves: ${evidence.need.because}; ${evidence.missing}`
  return refused(asked, policy, effect, 'approval-required', message)
}

function evidenceOf(
  actor: Actor,
  effect: EffectRequest,
  tool: Tool,
  principal: Principal,
  { policy, sha256, now }: Circumstances,
) {
  const { approvals = [], endorsements = [], origin } = actor.state ?? {}
  const need: Need | null = tool.gate?.(effect.input as never) ?? null
  const digest = argumentsDigest(effect.input, { sha256 })
  const task = origin?.correlationId ?? ''
  const act = {
    tool: tool.name,
    argumentsDigest: digest,
    policySet: policy.digest,
    task,
    proposer: principal.name,
    now,
  }
  const found = findApproval(approvals, need === null ? act : { ...act, role: need.role })
  return {
    need,
    approved: 'approval' in found,
    missing: 'missing' in found ? found.missing : '',
    endorsed: isEndorsed(endorsements, act),
  }
}

function integrityOf(actor: Actor) {
  return actor.state?.label.integrity ?? 'untrusted'
}

function answered(policy: Policy, question: Question, concerns: string): EffectVerdict {
  const decision = { ...policy.decide(question), ...asText(question), concerns }
  const denial = decision.allowed
    ? null
    : {
        code: 'denied',
        message: decision.reason,
        hint: 'Grant it in a policy file, or ask a person. `roster can` explains it.',
      }
  return { decision, denial }
}

function refused(
  asked: Pick<Question, 'principal' | 'action' | 'resource'>,
  policy: Policy,
  effect: EffectRequest,
  code: ErrorCode,
  reason: string,
): EffectVerdict {
  const decision = {
    allowed: false,
    policies: [],
    policySet: policy.digest,
    reason,
    ...asText(asked),
    concerns: effect.id,
  }
  return { decision, denial: { code, message: reason } }
}

/** A question's parts as a record keeps them. */
export function asText({
  principal,
  action,
  resource,
}: Pick<Question, 'principal' | 'action' | 'resource'>): Pick<Decision, 'principal' | 'action' | 'resource'> {
  return { principal: `${principal.kind}/${principal.name}`, action, resource: `${resource.kind}/${resource.name}` }
}
