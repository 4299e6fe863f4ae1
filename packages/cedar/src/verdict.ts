import type { Question, Verdict } from '@roster/core'

import type { Evaluation } from './evaluation.ts'
import { actWords, principalWords } from './words.ts'

/** The verdict, with its reason in words. */
export function verdictOf(evaluation: Evaluation, question: Question, policySet: string): Verdict {
  return Object.freeze({
    allowed: evaluation.kind === 'allowed',
    policies: Object.freeze(determining(evaluation)),
    policySet,
    reason: reasonOf(evaluation, question),
  })
}

function determining(evaluation: Evaluation): string[] {
  switch (evaluation.kind) {
    case 'allowed':
    case 'forbidden':
      return [...evaluation.policies]
    case 'erred':
      return evaluation.errors.map((error) => error.policy)
    default:
      return []
  }
}

function reasonOf(evaluation: Evaluation, question: Question): string {
  const who = principalWords(question.principal)
  const act = actWords(question)
  switch (evaluation.kind) {
    case 'allowed':
      return `${list(evaluation.policies)} ${evaluation.policies.length === 1 ? 'allows' : 'allow'} ${who} to ${act}`
    case 'forbidden':
      return `${list(evaluation.policies)} ${evaluation.policies.length === 1 ? 'forbids' : 'forbid'} ${who} to ${act}`
    case 'no-policy':
      return `no policy allows ${who} to ${act}`
    case 'erred':
      return `${who} may not ${act}: ${evaluation.errors.map(({ policy, message }) => `policy ${policy} cannot be evaluated (${message})`).join(', ')}`
    case 'unknown':
      return `${who} may not ${act}: ${evaluation.what}`
    case 'unfit':
      return `${who} may not ${act}: the question does not fit the schema (${evaluation.message})`
  }
}

function list(policies: readonly string[]): string {
  return `${policies.length === 1 ? 'policy' : 'policies'} ${policies.join(', ')}`
}
