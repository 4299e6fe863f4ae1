import { argumentsDigest } from '../actor/consequence.ts'
import { isLoop } from '../actor/repeats.ts'
import { endorsedBy, type Endorsed } from '../approval/endorsement.ts'
import { findApprovals, type FoundApprovals } from '../approval/evidence.ts'
import { approvalName } from '../approval/budget-of.ts'
import { validate } from '../contract/validate.ts'
import type { Failure } from '../error/failure.ts'
import { own } from '../json/own.ts'
import { mayRead } from '../message/label.ts'
import type { Tool } from '../team/team.ts'
import { answered, labelOf, levelOf, refused, type EffectVerdict, type Inquiry } from './inquiry.ts'
import { needOf, type UseNeed } from './need-of.ts'
import { delegatorOf } from './principal.ts'
import type { Question } from './question.ts'

/** Decides the use of a tool. */
export function authoriseUse(inquiry: Inquiry): EffectVerdict {
  const { team, effect } = inquiry
  const tool = own(team.tools, effect.name)
  if (tool === undefined)
    return refused(inquiry, used(inquiry), {
      code: 'unknown-tool',
      message: `no tool "${effect.name}" is in the team`,
      hint: `The team has: ${Object.keys(team.tools).join(', ')}.`,
    })
  const input = validate(tool.input, effect.input, 'input-invalid', `the input of ${tool.name}@${tool.version}`)
  if (!input.ok) return refused(inquiry, used(inquiry), input.failure)
  return authoriseKnown(inquiry, tool)
}

function authoriseKnown(inquiry: Inquiry, tool: Tool): EffectVerdict {
  const endorsed = endorsementsOf(inquiry, tool)
  const need = needOf(inquiry, tool, endorsed !== null)
  const found = approvalsFor(inquiry, tool, need)
  const question = questionOf(inquiry, tool, { approved: 'approvals' in found, endorsed: endorsed !== null })
  const verdict = ofEverybody(inquiry, question)
  if (verdict.denial === null) {
    const flaw = barred(inquiry, tool)
    if (flaw !== undefined) return refused(inquiry, question, flaw)
    if ('approvals' in found) return withEvidence(verdict, found.approvals.map(approvalName), endorsed)
    if (need === null) return withEvidence(verdict, [], endorsed)
  } else if (!('missing' in found) || found.code === 'approval-required') return withMissing(inquiry, verdict, found)
  return refused(inquiry, question, lacking(inquiry, tool, { need, found, otherwise: verdict.decision.reason }))
}

/** The policy is asked for whoever acts, and for everybody on whose behalf they act: a delegation only narrows. */
function ofEverybody(inquiry: Inquiry, question: Question): EffectVerdict {
  const verdict = answered(inquiry, question)
  const { onBehalfOf = [] } = inquiry.actor.state?.origin ?? {}
  if (onBehalfOf.length === 0) return verdict
  const chain = { ...verdict, decision: { ...verdict.decision, onBehalfOf } }
  if (verdict.denial !== null) return chain
  for (const asker of onBehalfOf) {
    const theirs = answered(inquiry, { ...question, principal: delegatorOf(inquiry.team, asker) })
    if (theirs.denial === null) continue
    const message = `${inquiry.principal.name} acts on behalf of ${asker}, who may not: ${theirs.denial.message}`
    const { principal } = verdict.decision
    return {
      ...theirs,
      decision: { ...theirs.decision, principal, reason: message, onBehalfOf },
      denial: { ...theirs.denial, message },
    }
  }
  return chain
}

/** Where there were approvals and none of them fits, a denial says why not: that is what a person who approved wants to know. */
function withMissing({ actor }: Inquiry, verdict: EffectVerdict, found: FoundApprovals): EffectVerdict {
  const { decision, denial } = verdict
  if (denial === null || !('missing' in found) || (actor.state?.approvals.length ?? 0) === 0) return verdict
  const says = (text: string): string => `${text}; ${found.missing}`
  return {
    ...verdict,
    decision: { ...decision, reason: says(decision.reason) },
    denial: { ...denial, message: says(denial.message) },
  }
}

/** What no policy and no approval can allow. */
function barred(inquiry: Inquiry, { name, consequential }: Tool): Failure | undefined {
  const { actor, effect, sha256 } = inquiry
  if (isLoop(actor.state, actor.definition, effect, sha256))
    return {
      code: 'loop-detected',
      message: `${name} was asked for with these arguments ${actor.definition.limits.repeats} times before`,
      hint: 'Change the arguments, or end the work with what there is.',
    }
  if (consequential && levelOf(inquiry) === 'observe')
    return {
      code: 'denied',
      message: `${inquiry.principal.name} observes: it uses no consequential tool, and ${name} is one`,
      hint: 'A person may promote it: `roster promote`.',
    }
  if (mayRead(labelOf(inquiry), { kind: 'tool', name })) return undefined
  return {
    code: 'denied',
    message: `the tool ${name} is none of the readers of what it would be given`,
    hint: 'Let the label of what was read name it as a reader, or leave that out of its arguments.',
  }
}

function approvalsFor(inquiry: Inquiry, tool: Tool, need: UseNeed | null): FoundApprovals {
  const { actor, effect, principal, policy, sha256, now, usable } = inquiry
  const { approvals = [], origin } = actor.state ?? {}
  return findApprovals(approvals, {
    tool: tool.name,
    argumentsDigest: argumentsDigest(effect.input, { sha256 }),
    policySet: policy.digest,
    task: origin?.correlationId ?? '',
    proposer: principal.name,
    now,
    usable,
    ...(need?.role === undefined ? {} : { role: need.role }),
    ...(need?.quorum === undefined ? {} : { quorum: need.quorum }),
  })
}

function endorsementsOf({ actor, effect, sha256 }: Inquiry, { name, closed = [] }: Tool): readonly Endorsed[] | null {
  const digestOf = (value: Parameters<typeof argumentsDigest>[0]): string => argumentsDigest(value, { sha256 })
  const use = { tool: name, input: effect.input, closed, digestOf }
  const found = endorsedBy(actor.state?.endorsements ?? [], use)
  return 'endorsed' in found ? found.endorsed : null
}

function withEvidence(
  { decision, denial }: EffectVerdict,
  approvals: readonly string[],
  endorsed: readonly Endorsed[] | null,
): EffectVerdict {
  const said = {
    ...(approvals.length === 0 ? {} : { approvals }),
    ...(endorsed === null ? {} : { endorsed }),
  }
  return { decision: { ...decision, ...said }, denial, approvals }
}

interface Lacking {
  readonly need: UseNeed | null
  readonly found: FoundApprovals
  /** Why it is denied where no approval is needed but by a policy. */
  readonly otherwise: string
}

function lacking({ principal }: Inquiry, { name }: Tool, { need, found, otherwise }: Lacking): Failure {
  const condition = need === null ? otherwise : `only after ${need.who} approves: ${need.because}`
  const { missing, code } = 'missing' in found ? found : { missing: '', code: 'approval-required' as const }
  const message = `${principal.name} may use ${name} with these arguments ${condition}; ${missing}`
  const hint = 'Ask a person to approve exactly these arguments; an approval counts for one act.'
  return { code, message, hint }
}

function questionOf(
  inquiry: Inquiry,
  { consequential, place }: Tool,
  evidence: { readonly approved: boolean; readonly endorsed: boolean },
): Question {
  const { integrity, sources } = labelOf(inquiry)
  const level = levelOf(inquiry)
  return { ...used(inquiry), context: { integrity, sources, ...evidence, consequential, kind: 'use', level, place } }
}

function used({ principal, effect }: Inquiry): Pick<Question, 'principal' | 'action' | 'resource'> {
  return { principal, action: 'use', resource: { kind: 'tool', name: effect.name } }
}
