import type { EffectRequest } from '../actor/consequence.ts'
import type { Actor } from '../actor/actor.ts'
import { mayRead } from '../message/label.ts'
import { colleagueOf } from '../team/team.ts'
import { authoriseUse } from './authorise-use.ts'
import {
  answered,
  labelOf,
  levelOf,
  refused,
  type EffectCircumstances,
  type EffectVerdict,
  type Inquiry,
} from './inquiry.ts'
import { principalOf } from './principal.ts'
import type { Question } from './question.ts'

/**
 * Decides an effect: the contract, the policy for everybody on whose behalf it is, and then what holds whatever the policies say: the
 * readers of its label, the level of autonomy, and the approval or endorsement that its exact arguments need.
 */
export function authoriseEffect(
  actor: Actor,
  effect: EffectRequest,
  circumstances: EffectCircumstances,
): EffectVerdict {
  const inquiry = { ...circumstances, actor, effect, principal: principalOf(circumstances.team, actor.stream) }
  return effect.skill === 'think' ? authoriseThink(inquiry) : authoriseUse(inquiry)
}

/** Thinking is asked of the policy for the colleague's model and for each that may answer in its place: what one of them may not, none does. */
function authoriseThink(inquiry: Inquiry): EffectVerdict {
  const { model, fallbacks = [] } = colleagueOf(inquiry.team, inquiry.actor.stream) ?? {}
  const verdicts = [model ?? 'none', ...fallbacks].map((name) => authoriseModel(inquiry, name))
  return verdicts.find(({ denial }) => denial !== null) ?? (verdicts[0] as EffectVerdict)
}

function authoriseModel(inquiry: Inquiry, name: string): EffectVerdict {
  const { principal } = inquiry
  const { integrity, sources } = labelOf(inquiry)
  const evidence = { approved: false, endorsed: false, consequential: false }
  const context = { integrity, sources, ...evidence, kind: 'think', level: levelOf(inquiry) }
  const question: Question = { principal, action: 'think', resource: { kind: 'model', name }, context }
  if (mayRead(labelOf(inquiry), { kind: 'model', name })) return answered(inquiry, question)
  return refused(inquiry, question, unreadableBy(`the model ${name}`))
}

function unreadableBy(reader: string): { readonly code: 'denied'; readonly message: string; readonly hint: string } {
  const hint = 'Let the label of what was read name it as a reader, or leave that out of what it is given.'
  return { code: 'denied', message: `${reader} is none of the readers of what it would be given`, hint }
}
