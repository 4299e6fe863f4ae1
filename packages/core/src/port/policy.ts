import type { Question, Verdict } from '../policy/question.ts'

/** Decides questions by a set of policies. Any error is a deny. */
export interface Policy {
  /** SHA-256 of the policy set. */
  readonly digest: string
  decide(question: Question): Verdict
}
