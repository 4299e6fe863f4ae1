import type { Question, Verdict } from '@roster/core'

import type { Evaluation } from './evaluation.ts'
import { actWords, principalWords } from './words.ts'

/** A verdict, and what another one would take. */
export interface Explanation {
  readonly verdict: Verdict
  /** What would have to be different, the least first; empty if it is allowed. */
  readonly needed: readonly string[]
}

/** Circumstances that can be brought about for the same act, with what brings them about. */
const remedies = [
  { words: 'a valid approval of the exact arguments', change: { approved: true } },
  { words: 'a deterministic check that vouches for the exact arguments', change: { endorsed: true } },
  { words: 'trusted lineage: nothing untrusted read on the way', change: { integrity: 'trusted' } },
] as const

/**
 * What would turn a deny into an allow: found by asking the same question in other circumstances and by other principals of the
 * team, so it is as true as the policies are, and needs no understanding of them.
 */
export function neededFor(
  question: Question,
  evaluation: Evaluation,
  ask: (question: Question) => Evaluation,
  others: readonly Question['principal'][],
): string[] {
  if (evaluation.kind === 'allowed') return []
  if (evaluation.kind === 'erred')
    return evaluation.errors.map(({ policy }) => `policy ${policy} must be corrected so that it can be evaluated`)
  if (evaluation.kind === 'unknown' || evaluation.kind === 'unfit')
    return [`a question that fits the team and the schema`]
  const allowed = (changed: Question): boolean => ask(changed).kind === 'allowed'
  const enough = subsets(remedies).find((some) =>
    allowed({ ...question, context: Object.assign({}, question.context, ...some.map((one) => one.change)) }),
  )
  if (enough !== undefined) return enough.map((one) => one.words)
  const able = others.filter((principal) => allowed({ ...question, principal }))
  if (able.length > 0) return [`another principal: ${able.map(principalWords).join(', ')}`]
  if (evaluation.kind === 'forbidden') return [`policies ${evaluation.policies.join(', ')} must not apply`]
  return [`a policy that permits ${principalWords(question.principal)} to ${actWords(question)}`]
}

/** The non-empty subsets, small ones first. */
function subsets<One>(all: readonly One[]): One[][] {
  const every = all.reduce<One[][]>((some, one) => [...some, ...some.map((those) => [...those, one])], [[]])
  return every.slice(1).toSorted((one, other) => one.length - other.length)
}
